import type { HandshakeRound } from '../dispatcher.ts';
import type { MatchCost } from '../match-cost.ts';
import { show, type Measurement } from './measurement.ts';
import { median } from './statistics.ts';

/** Design section 10. */
const BUDGET = { perSecond: 75, ratio: 1.5 } as const;
const NAME = 'dispatcher';

type Pick = (round: HandshakeRound) => number;

/** The report's lines; the budget on a decision is on its whole CPU, of which matching is a part. */
export function summarizeHandshakes(pure: readonly MatchCost[], rounds: readonly HandshakeRound[]): Measurement[] {
  return [...pure.map(toPureLine), ...toRoundLines(rounds)];
}

function toPureLine({ waiting, p50Ms, p99Ms, stateBytes }: MatchCost): Measurement {
  return {
    benchmark: NAME,
    what: `decision in plain Node, ${waiting} waiting: p50, p99; state`,
    ours: `${show(p50Ms, ' ms')}, ${show(p99Ms, ' ms')}; ${Math.round(stateBytes / 1024)} KB`,
  };
}

function toRoundLines(rounds: readonly HandshakeRound[]): Measurement[] {
  const crowds = [...new Set(rounds.map(({ waiting }) => waiting))].toSorted((a, b) => a - b);
  const of = (waiting: number, pick: Pick): number =>
    median(rounds.filter((round) => round.waiting === waiting).map(pick));
  const lines = crowds.flatMap((waiting): Measurement[] => {
    const perSecond = of(waiting, (round) => round.perSecond);
    const isFirst = waiting === crowds[0];
    return [
      {
        ...toLine(`handshakes, ${waiting} waiting`, show(perSecond, '/s')),
        ...(isFirst && { budget: `>= ${BUDGET.perSecond}/s`, isMet: perSecond >= BUDGET.perSecond }),
      },
      toLine(
        '  latency alone, p50',
        show(
          of(waiting, ({ aloneP50 }) => aloneP50),
          ' ms',
        ),
      ),
      toLine(
        '  latency in load, p50, p99',
        `${show(
          of(waiting, ({ p50 }) => p50),
          ' ms',
        )}, ${show(
          of(waiting, ({ p99 }) => p99),
          ' ms',
        )}`,
      ),
      toLine(
        '  events, conversation + dispatcher',
        `${show(of(waiting, ({ conversationEvents: e }) => e))} + ${show(of(waiting, ({ dispatcherEvents: e }) => e))}`,
      ),
      toLine('  CPU a handshake', show(of(waiting, cpuOf), ' ms')),
      toLine(
        '  lost',
        String(rounds.filter((round) => round.waiting === waiting).reduce((sum, { lost }) => sum + lost, 0)),
      ),
    ];
  });
  const [few, many] = [crowds[0] ?? 0, crowds.at(-1) ?? 0];
  const ratio = of(many, cpuOf) / of(few, cpuOf);
  return [
    ...lines,
    {
      ...toLine('CPU a handshake, many waiting against few', ''),
      ratio: show(ratio),
      budget: `<= ${BUDGET.ratio}`,
      isMet: ratio <= BUDGET.ratio,
    },
  ];
}

const cpuOf: Pick = ({ cpuMs, handshakes }) =>
  Object.values(cpuMs).reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, handshakes);

const toLine = (what: string, ours: string): Measurement => ({ benchmark: NAME, what, ours });
