import { createHash } from 'node:crypto';
import type { DrawnStretch } from '../../contracts/evaluation-assignment.ts';
import { createCalendar } from '../../reports/calendar.ts';

/** A stretch that could be drawn. */
export type Candidate = Pick<DrawnStretch, 'conversationId' | 'segment' | 'agent'>;

const WEEK_MS = 7 * 24 * 3_600_000;

/** A place in the draw that nobody chose, and that is the same whoever draws, however often. */
const placeOf = (seed: string, ...of: (string | number)[]): string =>
  createHash('sha256')
    .update(JSON.stringify([seed, ...of]))
    .digest('hex');

/** Draws so many stretches of each agent, all with the same chance. Candidates may come in any order, and a part at a time. */
export interface Draw {
  add(candidates: Iterable<Candidate>): void;
  /** Agents who had one at least. */
  agents(): number;
  /** What is drawn, agent by agent. */
  drawn(): Candidate[];
}

/** Begins a draw: the same seed and candidates give the same stretches. Holds those alone that are in the lead. */
export function createDraw({ seed, perAgent }: { seed: string; perAgent: number }): Draw {
  const leading = new Map<string, { place: string; candidate: Candidate }[]>();
  return {
    add(candidates) {
      for (const candidate of candidates) {
        const { conversationId, segment, agent } = candidate;
        const place = placeOf(seed, conversationId, segment);
        const ahead = [...(leading.get(agent) ?? []), { place, candidate }];
        const ordered = ahead.toSorted((one, other) => (one.place < other.place ? -1 : 1));
        leading.set(agent, ordered.slice(0, perAgent));
      }
    },
    agents: () => leading.size,
    drawn: () =>
      [...leading.entries()]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([, ahead]) => ahead.map(({ candidate }) => candidate)),
  };
}

/**
 * Divides drawn stretches among evaluators, as evenly as those who may grade each agent allow; who comes first where two have
 * as many is drawn, too. A stretch that none of them may grade goes to nobody.
 */
export function divideAmong(
  stretches: readonly Candidate[],
  {
    seed,
    evaluators,
    mayGrade,
  }: {
    seed: string;
    evaluators: readonly string[];
    mayGrade: (evaluator: string, agent: string) => boolean;
  },
): DrawnStretch[] {
  const load = new Map(evaluators.map((evaluator) => [evaluator, 0]));
  const choices = stretches.map((stretch) => evaluators.filter((evaluator) => mayGrade(evaluator, stretch.agent)));
  const given = new Map<number, string>();
  // Whoever has fewest choices first: the others can still be given what is left.
  const order = stretches.map((_stretch, index) => index);
  const ordered = order.toSorted(
    (one, other) => (choices[one]?.length ?? 0) - (choices[other]?.length ?? 0) || one - other,
  );
  for (const index of ordered) {
    const stretch = stretches[index];
    if (!stretch) continue;
    const rank = (evaluator: string): string => placeOf(seed, stretch.conversationId, stretch.segment, evaluator);
    const [next] = (choices[index] ?? []).toSorted(
      (one, other) => (load.get(one) ?? 0) - (load.get(other) ?? 0) || (rank(one) < rank(other) ? -1 : 1),
    );
    if (next === undefined) continue;
    load.set(next, (load.get(next) ?? 0) + 1);
    given.set(index, next);
  }
  return stretches.map(({ conversationId, segment, agent }, index) => {
    const evaluator = given.get(index);
    return { conversationId, segment, agent, ...(evaluator !== undefined && { evaluator }) };
  });
}

/** Where the week began that a moment lies in, on Monday by the clock of a zone. Epoch milliseconds. */
export function startOfWeek(zone: string, ms: number): number {
  return createCalendar(zone, 'week', { from: -Infinity, to: Infinity }).startOf(ms);
}

/**
 * Where the week ends that is to be drawn from `from` on: the Monday that is nearest to seven days later. A rule that was given
 * another zone meanwhile has one week that is up to a day longer or shorter: weeks lie end to end, whatever was changed.
 */
export function endOfWeek(zone: string, from: number): number {
  return startOfWeek(zone, from + 1.5 * WEEK_MS);
}
