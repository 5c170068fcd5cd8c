import { inLanguage, type AskedQuestion } from '../../contracts/survey.ts';
import { done, noData, type OperationHandler } from './operation-handler.ts';

/** A survey of the configuration in the customer's language: the one that is named, else that of the conversation's service. */
export const getSurvey: OperationHandler<'get-survey'> = async ({ configuration }, { operation, service }) => {
  const snapshot = await configuration.get();
  const own = service === undefined ? undefined : snapshot.service(service)?.survey;
  const name = operation.survey ?? own;
  const found = snapshot.surveys().find((each) => each.name === name);
  if (!found) return noData(name === undefined ? 'The service has no survey.' : `There is no survey "${name}".`);
  const questions = found.questions.map((question): AskedQuestion => {
    const { text, choices } = inLanguage(found, question, operation.language);
    return { ...question, text, ...(question.choices && { labels: choices }) };
  });
  return done({ survey: JSON.parse(JSON.stringify({ name: found.name, questions })) });
};
