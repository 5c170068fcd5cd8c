import { truncateText } from '../../contracts/split-text.ts';
import type { ConversationAnnotations, NamedValue } from '../../contracts/conversation-annotations.ts';
import type { Annotation } from '../../contracts/operation.ts';

/** The state is carried through every continue-as-new: what is over these bounds leaves, oldest first. */
const MAX_LOG_LINES = 100;
const MAX_SCREEN_POPS = 10;
const MAX_CASES = 20;
const MAX_FIELDS = 200;
const MAX_TEXT = 2000;

/** The notes of a conversation with one more among them. `at`: epoch milliseconds. */
export function withAnnotation(
  annotations: ConversationAnnotations,
  annotation: Annotation,
  at: number,
): ConversationAnnotations {
  // Loses the tie between a note's name and its fields, which TypeScript cannot carry through a look-up.
  const take = takers[annotation.name] as unknown as Taker<Annotation['name']>;
  return { ...annotations, ...take(annotations, annotation, at) };
}

type Taker<Name extends Annotation['name']> = (
  annotations: ConversationAnnotations,
  annotation: Extract<Annotation, { name: Name }>,
  at: number,
) => ConversationAnnotations;

/** What each note changes. */
const takers: { [Name in Annotation['name']]: Taker<Name> } = {
  log: ({ log = [] }, { level, text }, at) => ({ log: [...log, { at, level, text: cut(text) }].slice(-MAX_LOG_LINES) }),
  'set-priority': (_notes, { priority }) => ({ priority }),
  'request-skill-or-service': (_notes, { skills, service }) => ({
    requested: { skills, ...(service !== undefined && { service }) },
  }),
  'self-service-provided': () => ({ isSelfService: true }),
  'save-survey-response': ({ survey }, annotation) => ({ survey: withResponse(survey, annotation) }),
  survey: (_notes, { name: _name, surveyId: _id, answers, ...response }) => ({
    surveyResponse: {
      ...response,
      answers: answers.map(({ question, value }) => ({
        question,
        value: typeof value === 'string' ? cut(value) : value,
      })),
    },
  }),
  'set-disposition': (_notes, { disposition, comment }) => ({
    disposition: { name: disposition, ...(comment !== undefined && { comment: cut(comment) }) },
  }),
  'set-custom-reporting-field': ({ reportingFields }, { fields }) => ({
    reportingFields: withFields(reportingFields, fields),
  }),
  'set-case': ({ cases = [] }, { caseId, replace }) => {
    const kept = replace ? [] : cases.filter((id) => id !== caseId);
    return { cases: [...kept, caseId].slice(-MAX_CASES) };
  },
  'attached-data': ({ attachedData }, { data }) => ({ attachedData: withFields(attachedData, data) }),
  'web-screen-pop': ({ screenPops = [] }, { url, title }) => {
    const shown = { url: cut(url), ...(title !== undefined && { title: cut(title) }) };
    return { screenPops: [...screenPops, shown].slice(-MAX_SCREEN_POPS) };
  },
};

function withResponse(
  before: ConversationAnnotations['survey'],
  { name: _name, custom, comment, ...scores }: Extract<Annotation, { name: 'save-survey-response' }>,
): NonNullable<ConversationAnnotations['survey']> {
  return {
    ...before,
    ...scores,
    ...(comment !== undefined && { comment: cut(comment) }),
    custom: withFields(before?.custom, custom),
  };
}

function withFields(before: readonly NamedValue[] = [], fields: Record<string, string>): NamedValue[] {
  const kept = before.filter(({ name }) => !Object.hasOwn(fields, name));
  const added = Object.entries(fields).map(([name, value]) => ({ name, value: cut(value) }));
  return [...kept, ...added].slice(-MAX_FIELDS);
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${truncateText(text, MAX_TEXT - 1)}…`;
}
