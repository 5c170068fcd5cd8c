import { MAX_ANSWERS, type CustomerAnswer } from '../../contracts/conversation-record.ts';
import { truncateText } from '../../contracts/split-text.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { findVariable, type Variables } from '../expression/variables.ts';
import { isEmpty, valueText } from '../expression/values.ts';
import type { ScenarioState } from './step.ts';

const MAX_QUESTION = 200;
const MAX_VALUE = 500;

/**
 * What the customer has answered so far, in the order in which the scenario asks. `opened`: the variables that the run began
 * with; questions are told with these, because a text that follows every variable would change all the time.
 */
export function listAnswers(
  { questions }: CompiledScenario,
  { snapshot }: ScenarioState,
  opened: Variables,
): CustomerAnswer[] {
  const { variables } = snapshot.context;
  const answers = questions.flatMap(({ name, path, text }): CustomerAnswer[] => {
    const value = findVariable(variables, path);
    if (isEmpty(value)) return [];
    const question = truncateText(text?.(opened) ?? '', MAX_QUESTION);
    return [{ name, ...(question !== '' && { question }), value: truncateText(readAnswer(value), MAX_VALUE) }];
  });
  return answers.slice(0, MAX_ANSWERS);
}

function readAnswer(value: unknown): string {
  return Array.isArray(value) ? value.map(valueText).join(', ') : valueText(value);
}
