import { listAskedQuestions } from '../document/asked-questions.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { compileSaid, type SaidText } from '../expression/said-text.ts';
import { getVariablePath, type Variables } from '../expression/variables.ts';

/** Something that a scenario asks its customers, and the variable that their answer becomes. */
export interface AskedFor {
  name: string;
  path: readonly string[];
  /** What is asked, filled; nothing where it is asked without words. */
  text: ((variables: Variables) => string) | undefined;
}

/** All that a scenario asks, in the order of its blocks; of one variable the first question. */
export function compileQuestions({ blocks }: ScenarioDocument): AskedFor[] {
  const asked = new Map<string, SaidText | undefined>();
  for (const { into, text } of blocks.flatMap(listQuestionsOf)) if (!asked.has(into)) asked.set(into, text);
  return [...asked].map(([name, text]) => ({
    name,
    path: getVariablePath(name),
    text: text === undefined ? undefined : compileOnce(text),
  }));
}

/** Only back-tests, reports of a move and the like ask for the words: they are compiled when they do. */
function compileOnce(text: SaidText): (variables: Variables) => string {
  let fill: ((variables: Variables) => string) | undefined;
  return (variables) => (fill ??= compileSaid(text))(variables);
}

function listQuestionsOf(block: ScenarioBlock): { into: string; text: SaidText | undefined }[] {
  if (block.type !== 'send-message') return listAskedQuestions(block).map(({ into, text }) => ({ into, text }));
  const { text, wait } = block.fields;
  return wait?.into === undefined ? [] : [{ into: wait.into, text }];
}
