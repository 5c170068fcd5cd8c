import { GUARDRAILS, type CanaryGuardrails, type Guardrail } from '../../../contracts/canary.ts';
import { findNearestName } from '../../../contracts/nearest-name.ts';
import { UsageError } from '../../command.ts';

/** As they are written at a terminal. */
export const GUARDRAIL_WORDS: Readonly<Record<Guardrail, string>> = {
  handOff: 'hand-off',
  errors: 'errors',
  left: 'left',
  survey: 'survey',
};

/** @throws UsageError for what is no whole number from 1 to 99 */
export function readPercent(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a part of the conversations: a whole number from 1 to 99.`);
}

/** What somebody says of the guardrails; undefined where they say nothing. @throws UsageError naming what is wrong */
export function readGuardrails({
  minimum,
  guard = [],
}: {
  minimum: string | undefined;
  guard: readonly string[] | undefined;
}): Partial<CanaryGuardrails> | undefined {
  if (minimum === undefined && guard.length === 0) return undefined;
  const margins = Object.fromEntries(guard.map(readMargin));
  return { ...margins, ...(minimum !== undefined && { minimum: readMinimum(minimum) }) };
}

function readMinimum(text: string): number {
  if (/^[1-9]\d{0,2}$|^1000$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a number of conversations from 1 to 1000.`);
}

function readMargin(text: string): [Guardrail, number | null] {
  const [word = '', margin = ''] = text.split('=');
  const guardrail = GUARDRAILS.find((each) => GUARDRAIL_WORDS[each] === word);
  if (!guardrail) {
    const nearest = findNearestName(word, Object.values(GUARDRAIL_WORDS));
    throw new UsageError(
      `"${word}" is no guardrail. ${nearest === undefined ? `There are ${Object.values(GUARDRAIL_WORDS).join(', ')}.` : `Did you mean "${nearest}"?`}`,
    );
  }
  if (margin === 'off') return [guardrail, null];
  if (/^\d{1,2}(\.\d+)?$|^100$/.test(margin)) return [guardrail, Number(margin)];
  throw new UsageError(`--guard ${word}= takes points from 0 to 100, or "off".`);
}
