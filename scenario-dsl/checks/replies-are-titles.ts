import { findNearestName } from '../../contracts/nearest-name.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { parseLanguageChoice } from '../expression/choose-language.ts';
import type { Expression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { foldReply } from '../expression/plain-text.ts';
import { listSaid } from '../expression/said-text.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import type { CheckFinding } from './check-report.ts';
import type { Flow, FlowWay } from './flow.ts';

/** Something that can be tapped: its titles, in each language, and its payload where it has one. */
interface Offer {
  payload?: string;
  titles: string[];
}

/**
 * A reply is what the customer sees on what they tap, and its payload is `$(item.payload)`. Whoever keeps the reply and then
 * asks for a payload waits for something that no tap gives.
 */
export function findPayloadsAsReplies(flow: Flow, check: string): CheckFinding[] {
  const { document } = flow;
  const offers = listOffers(flow);
  if (offers.size === 0) return [];
  const chosen = parseLanguageChoice(document.language ?? '')?.variable.join('.');
  const asked: Asked[] = [
    ...document.blocks.flatMap(listAsked),
    ...(chosen === undefined
      ? []
      : (document.languages ?? []).map((value) => ({ variable: chosen, value, path: ['language'], isFolded: true }))),
  ];
  const taken = groupValues(asked);
  return asked.flatMap(({ variable, value, path, atKey, isFolded }): CheckFinding[] => {
    const offered = offers.get(variable) ?? [];
    const slip = findSlip(offered, { variable, value, isFolded, taken: taken.get(variable) ?? new Set() });
    if (!slip) return [];
    return [{ check, severity: 'warning', code: 'reply-is-title', ...slip, path, ...(atKey && { atKey }) }];
  });
}

/** What each variable is asked for. */
function groupValues(asked: readonly Asked[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { variable, value } of asked) groups.set(variable, (groups.get(variable) ?? new Set()).add(value));
  return groups;
}

type Question = Pick<Asked, 'variable' | 'value' | 'isFolded'> & { taken: ReadonlySet<string> };

/** Letters' case counts where a reply is asked for; who writes by hand may write it so, but no tap does. */
function findSlip(
  offered: readonly Offer[],
  { variable, value, isFolded, taken }: Question,
): Pick<CheckFinding, 'message' | 'remedy'> | undefined {
  const titles = offered.flatMap((offer) => offer.titles);
  if (titles.includes(value)) return undefined;
  if (isFolded && titles.some((title) => foldReply(title) === foldReply(value))) return undefined;
  const ofPayload = offered.find(
    ({ payload, titles: own }) => payload === value && !own.every((title) => taken.has(title)),
  );
  if (ofPayload) {
    return {
      message: `Whoever taps ${quoted(ofPayload.titles[0] ?? '')} replies so: $(${variable}) is that title, and not its payload ${quoted(value)}.`,
      remedy: `Set it behind the question, set-variable: { ${variable}: $(item.payload) }, or ask by a request-input with choices: [{ title: …, value: ${value} }].`,
    };
  }
  const missed = titles.filter((title) => !taken.has(title));
  const meant = missed.find((title) => foldReply(title) === foldReply(value)) ?? findNearestName(value, missed);
  if (meant === undefined) return undefined;
  return {
    message: `Whoever taps ${quoted(meant)} replies so, and ${quoted(value)} is not that: letters count, and so does their case.`,
    remedy: `Did you mean '${meant}'?`,
  };
}

/** By the variable that keeps the reply; none of those that are set in another way, too. */
function listOffers({ document, ways, blocks }: Flow): ReadonlyMap<string, Offer[]> {
  const isReply = ({ from }: FlowWay): boolean =>
    ['send-message', 'if', 'switch'].includes(blocks.get(from)?.type ?? '');
  const set = new Set(ways.filter((way) => !isReply(way)).flatMap(({ sets }) => sets));
  const offers = new Map<string, Offer[]>();
  for (const block of document.blocks) {
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
  return all.map(({ title, payload }) => ({
    ...(payload !== undefined && { payload }),
    titles: listSaid(title).map(({ source }) => source),
  }));
}

interface Asked {
  variable: string;
  value: string;
  path: SourcePath;
  atKey?: true;
  /** Letters' case does not count. */
  isFolded?: boolean | undefined;
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
