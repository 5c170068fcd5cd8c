/**
 * A version for a part of the new conversations. Who gets it follows from scenario, version and customer alone: the same customer gets the
 * same version for as long as the canary runs, and whoever has it keeps it when the part grows. Docs: docs/publishing.md, "Canary".
 */
import type { ConversationKey } from './conversation-key.ts';

/** What is compared between the canary and the rest. */
export const GUARDRAILS = ['handOff', 'errors', 'left', 'survey'] as const;
export type Guardrail = (typeof GUARDRAILS)[number];

/**
 * How much worse than the rest the canary may be: in percentage points, of `survey` in points of its 100; `null`: is not looked at.
 * `minimum`: so many conversations on each side say something.
 */
export type CanaryGuardrails = { minimum: number } & Readonly<Record<Guardrail, number | null>>;

export const DEFAULT_GUARDRAILS: CanaryGuardrails = { minimum: 50, handOff: 10, errors: 5, left: 10, survey: 10 };
export const DEFAULT_PERCENT = 10;

/** `at`: epoch ms. */
export interface CanaryStep {
  percent: number;
  at: number;
  by: string;
}

/** More changes of the part than anybody makes; the oldest go. */
export const MAX_CANARY_STEPS = 20;

/** Of one side of a comparison, `of` so many: a percentage, of `survey` an average of 0 to 100. */
interface Measure {
  value: number;
  of: number;
}

/** What a guardrail says. `waiting`: one side has too few yet. */
export interface Verdict {
  guardrail: Guardrail;
  state: 'waiting' | 'holds' | 'breached';
  canary: Measure | null;
  rest: Measure | null;
  margin: number;
}

/** `returned`: a guardrail sent it back. `ended`: somebody did. `finished`: all new conversations get it. `replaced`: another version was published. */
export const CANARY_ENDS = ['returned', 'ended', 'finished', 'replaced'] as const;

export interface CanaryEnd {
  how: (typeof CANARY_ENDS)[number];
  at: number;
  /** Absent where a guardrail did it. */
  by?: string;
  /** What was compared then. */
  verdicts?: readonly Verdict[];
  /** The publication that took its place. */
  number?: number;
}

/** The canary of a scenario, in the document that says what is in force: it changes and ends with it, by compare-and-set. */
export interface Canary {
  version: string;
  /** The publication that it is. */
  number: number;
  /** Of new conversations, 1 to 99. */
  percent: number;
  /** Rises with every change. */
  revision: number;
  startedAt: number;
  author: string;
  note?: string;
  guardrails: CanaryGuardrails;
  steps: readonly CanaryStep[];
  /** It is over: nobody new gets it. */
  end?: CanaryEnd;
  /** What its end is to be told to has been told. */
  isTold?: true;
}

/** Whether a customer's new conversation gets the canary. */
export function takesCanary(
  { version, percent, end }: Pick<Canary, 'version' | 'percent' | 'end'>,
  scenario: string,
  customer: ConversationKey,
): boolean {
  if (end) return false;
  return placeOf(JSON.stringify([scenario, version, customer.pageId, customer.psid])) < percent / 100;
}

/** Where a text lies between 0 and 1: FNV-1a, and MurmurHash3's mix behind it, since texts that differ at their end only lie beside one another else. */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** An ended conversation, as far as guardrails look at it; what is not known is absent. */
export interface EndedConversation {
  /** It asked for an agent. */
  isHandedOff: boolean;
  isFailed: boolean;
  /** The customer fell silent where the scenario waited; absent where the event history does not say. */
  hasLeft?: boolean;
  /** 0 to 100. */
  score?: number;
}

/**
 * Compares the canary with the rest: a guardrail is breached where both sides have enough to say something, and the canary is worse by
 * more than the margin.
 */
export function judgeCanary(
  guardrails: CanaryGuardrails,
  { canary, rest }: { canary: readonly EndedConversation[]; rest: readonly EndedConversation[] },
): Verdict[] {
  return GUARDRAILS.flatMap((guardrail): Verdict[] => {
    const margin = guardrails[guardrail];
    if (margin === null) return [];
    const [ours, theirs] = [measure(guardrail, canary), measure(guardrail, rest)];
    const isEnough = (side: Measure | null): side is Measure => side !== null && side.of >= guardrails.minimum;
    const state = isEnough(ours) && isEnough(theirs) ? stateOf(guardrail, margin, [ours, theirs]) : 'waiting';
    return [{ guardrail, state, canary: ours, rest: theirs, margin }];
  });
}

function stateOf(guardrail: Guardrail, margin: number, [canary, rest]: [Measure, Measure]): 'holds' | 'breached' {
  const worse = guardrail === 'survey' ? rest.value - canary.value : canary.value - rest.value;
  return worse > margin ? 'breached' : 'holds';
}

function measure(guardrail: Guardrail, ended: readonly EndedConversation[]): Measure | null {
  const values = ended.flatMap((one) => valueOf(guardrail, one) ?? []);
  if (values.length === 0) return null;
  return { value: values.reduce((sum, value) => sum + value, 0) / values.length, of: values.length };
}

/** What one conversation adds to the average: 0 or 100 of what it did or did not do. */
function valueOf(guardrail: Guardrail, one: EndedConversation): number | undefined {
  switch (guardrail) {
    case 'handOff':
      return yes(one.isHandedOff);
    case 'errors':
      return yes(one.isFailed);
    case 'left':
      return one.hasLeft === undefined ? undefined : yes(one.hasLeft);
    case 'survey':
      return one.score;
  }
}

function yes(has: boolean): number {
  return has ? 100 : 0;
}
