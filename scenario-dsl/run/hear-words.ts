import { MESSENGER_POLICY } from '../../contracts/messenger-policy.ts';
import type { CompiledRules } from '../compile/compile-rules.ts';
import type { Effect } from '../machine/effect.ts';
import { getEffectId, type RunContext, type RunEvent } from '../machine/run-setup.ts';
import type { Variables } from '../expression/variables.ts';

/** Where a run is: its context, and the state of its machine. */
interface Place {
  context: RunContext;
  value: unknown;
}

/**
 * Holds a customer's message, and the news that the window closes, against the rules of `anywhere`, before anybody reads it. In
 * a block that listens the first rule that fits becomes the event; while one is at work they are kept until the next one listens.
 */
export function hearMessage(
  rules: CompiledRules | undefined,
  place: Place,
  event: RunEvent,
): { context: RunContext; event: RunEvent } {
  const { context } = place;
  const fitting = rules && isInBlock(place) ? listFitting(rules, context, event) : [];
  if (!rules || fitting.length === 0) return { context, event };
  const hearing = rules.getHearing(context.block);
  if (hearing === 'agent') return { context, event };
  if (hearing === 'works') return { context: withHeard(context, fitting), event };
  const rule = rules.findHolding(fitting, context.block);
  return { context, event: rule === undefined ? event : { type: 'run.anywhere', rule } };
}

function listFitting(rules: CompiledRules, { variables }: RunContext, event: RunEvent): readonly number[] {
  if (event.type === 'window.closing') return rules.listOfWindow(event.leadMs ?? MESSENGER_POLICY.closingWarningMs);
  return event.type === 'customer.message' ? rules.listFitting(variables) : [];
}

/** The message that opens a conversation comes before any block listens. */
export function hearOpening(rules: CompiledRules | undefined, context: RunContext, variables: Variables): RunContext {
  return rules ? withHeard(context, rules.listFitting(variables)) : context;
}

/**
 * What was said while nobody listened, once the run has come to a block that does: the rule that it goes on by, if one holds
 * there. An agent who talks hears it instead. Undefined where it has come to no such block.
 */
export function takeHeard(
  rules: CompiledRules | undefined,
  { context }: Place,
): { context: RunContext; rule: number | undefined } | undefined {
  const { heard = [], ...rest } = context;
  const hearing = heard.length === 0 ? 'works' : rules?.getHearing(context.block);
  if (!rules || hearing === undefined || hearing === 'works') return undefined;
  return { context: rest, rule: hearing === 'agent' ? undefined : rules.findHolding(heard, context.block) };
}

/** A block that is left before it was heard has not asked either. */
export function withoutVisit(effects: readonly Effect[], context: RunContext): Effect[] {
  const visit = getEffectId(context);
  return effects.filter(({ id }) => id !== visit && !id.startsWith(`${visit}:`));
}

function withHeard(context: RunContext, fitting: readonly number[]): RunContext {
  if (fitting.length === 0) return context;
  return { ...context, heard: [...new Set([...(context.heard ?? []), ...fitting])].toSorted((a, b) => a - b) };
}

/** Where the entry's error text is being sent, the block that failed is left already. */
function isInBlock({ context: { block }, value }: Place): boolean {
  return typeof value === 'object' && value !== null ? Object.hasOwn(value, block) : value === block;
}
