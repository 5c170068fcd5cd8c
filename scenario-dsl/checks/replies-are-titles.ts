import type { ScenarioBlock } from '../document/document.ts';
import { parseLanguageChoice } from '../expression/choose-language.ts';
import type { Expression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { foldReply } from '../expression/plain-text.ts';
import { listSaid } from '../expression/said-text.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import type { CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';

/** A payload of something that can be tapped, with the titles that it stands under. */
interface Offer {
  payload: string;
  titles: string[];
}

/**
 * A reply is what the customer sees on what they tap, and its payload is `$(item.payload)`. Whoever keeps the reply and then
 * asks for a payload waits for something that no tap gives.
 */
export function findPayloadsAsReplies({ document }: Flow, check: string): CheckFinding[] {
  const offers = listOffers(document.blocks);
  if (offers.size === 0) return [];
  const chosen = parseLanguageChoice(document.language ?? '')?.variable.join('.');
  const asked: Asked[] = [
    ...document.blocks.flatMap(listAsked),
    ...(chosen === undefined
      ? []
      : (document.languages ?? []).map((value) => ({ variable: chosen, value, path: ['language'] }))),
  ];
  return asked.flatMap(({ variable, value, path, atKey }): CheckFinding[] => {
    const offered = offers.get(variable) ?? [];
    const meant = offered.find(({ payload }) => payload === value);
    const isTitle = offered.some(({ titles }) => titles.some((title) => foldReply(title) === foldReply(value)));
    if (!meant || isTitle) return [];
    return [
      {
        check,
        severity: 'warning',
        code: 'reply-is-title',
        message: `Whoever taps ${quoted(meant.titles[0] ?? '')} replies so: $(${variable}) is that title, and not its payload ${quoted(value)}.`,
        remedy: `Set it behind the question, set-variable: { ${variable}: $(item.payload) }, or ask by a request-input with choices: [{ title: …, value: ${value} }].`,
        path,
        ...(atKey && { atKey }),
      },
    ];
  });
}

/** By the variable that keeps the reply; none of those that are set in another way, too. */
function listOffers(blocks: readonly ScenarioBlock[]): ReadonlyMap<string, Offer[]> {
  const set = new Set(blocks.flatMap((block) => (block.type === 'set-variable' ? Object.keys(block.fields) : [])));
  const offers = new Map<string, Offer[]>();
  for (const block of blocks) {
    const into = block.type === 'send-message' ? block.fields.wait?.into : undefined;
    if (block.type !== 'send-message' || into === undefined || set.has(into)) continue;
    offers.set(into, [...(offers.get(into) ?? []), ...offersOf(block)]);
  }
  return offers;
}

function offersOf({ fields }: Extract<ScenarioBlock, { type: 'send-message' }>): Offer[] {
  const { quickReplies = [], buttons = [], cards = [] } = fields;
  const all = [
    ...(Array.isArray(quickReplies) ? quickReplies : []),
    ...buttons,
    ...(Array.isArray(cards) ? cards.flatMap((card) => card.buttons ?? []) : []),
  ];
  return all.flatMap(({ title, payload }) =>
    payload === undefined ? [] : [{ payload, titles: listSaid(title).map(({ source }) => source) }],
  );
}

interface Asked {
  variable: string;
  value: string;
  path: SourcePath;
  atKey?: true;
}

function listAsked(block: ScenarioBlock): Asked[] {
  const path = ['blocks', block.id, block.type];
  if (block.type === 'switch') {
    const { variable, cases } = block.fields;
    return Object.keys(cases).map((value) => ({ variable, value, path: [...path, 'cases', value], atKey: true }));
  }
  if (block.type !== 'if') return [];
  return block.fields.flatMap(({ when }, index) => {
    const parsed = when === undefined ? undefined : parseExpression(when);
    if (!parsed || 'fault' in parsed) return [];
    return listCompared(parsed.expression).map((each) => ({ ...each, path: [...path, index, 'when'] }));
  });
}

function listCompared(expression: Expression): { variable: string; value: string }[] {
  if (expression.kind === 'not') return listCompared(expression.operand);
  if (expression.kind === 'and' || expression.kind === 'or')
    return [...listCompared(expression.left), ...listCompared(expression.right)];
  if (expression.kind !== 'compare' || expression.operator !== '==') return [];
  const variable = variableOf(expression.left) ?? variableOf(expression.right);
  const value = textOf(expression.right) ?? textOf(expression.left);
  return variable === undefined || value === undefined ? [] : [{ variable, value }];
}

function variableOf(expression: Expression): string | undefined {
  if (expression.kind === 'substitution') return variableOf(expression.value);
  return expression.kind === 'variable' ? expression.path.join('.') : undefined;
}

function textOf(expression: Expression): string | undefined {
  if (expression.kind !== 'text') return undefined;
  const [only, ...others] = expression.template;
  return typeof only === 'string' && others.length === 0 ? only : undefined;
}
