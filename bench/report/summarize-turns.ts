import type { Round, SubjectRound } from '../turn.ts';
import type { Subject } from '../stack/subject.ts';
import { show, type BenchmarkResult, type Measurement } from './measurement.ts';
import { median, percentile } from './statistics.ts';

type Name = Subject['name'];
type Pick = (round: SubjectRound) => number;

const BENCHMARK = 'turn';
/** Design section 10. */
const BUDGET = { toFloor1: 0.95, toFloor0: 0.85, aloneOverFloor0Ms: 5, halfTail: 6, events: 10 } as const;
const NAMES = ['ours', 'floor1', 'floor0'] as const;

/** Makes the report's lines of the rounds: medians over rounds, ratios as medians of each round's own ratio. */
export function summarizeTurns(rounds: readonly Round[], strays: number): BenchmarkResult {
  const of = (name: Name, pick: Pick): number => median(rounds.map((round) => pick(round[name])));
  const cells = (pick: Pick, unit: string): Pick3 => ({
    ours: show(of('ours', pick), unit),
    floor1: show(of('floor1', pick), unit),
    floor0: show(of('floor0', pick), unit),
  });
  const line = (what: string, pick: Pick, unit = ' ms'): Measurement => ({
    benchmark: BENCHMARK,
    what,
    ...cells(pick, unit),
  });
  const lost = (name: Name): string =>
    String(sum(rounds.map(({ [name]: r }) => r.load.lost + r.alone.lost + r.half.lost)));
  const aboveFloor = median(rounds.map((round) => aloneP50(round.ours) - aloneP50(round.floor0)));
  const tail = median(rounds.map(({ ours }) => tailOf(ours)));
  const eventsAlone = of('ours', ({ eventsPerTurnAlone }) => eventsPerTurnAlone);
  const lines: Measurement[] = [
    ...throughputLines(rounds, cells),
    {
      ...line('latency alone, p50', aloneP50),
      ratio: `F0 ${aboveFloor < 0 ? '' : '+'}${show(aboveFloor, ' ms')}`,
      budget: `<= F0 + ${BUDGET.aloneOverFloor0Ms} ms`,
      isMet: aboveFloor <= BUDGET.aloneOverFloor0Ms,
    },
    line('latency alone, p99', ({ alone }) => percentile(alone.latencies, 0.99)),
    line('latency at half of our load, p50', ({ half }) => percentile(half.latencies, 0.5)),
    {
      ...line('latency at half of our load, p99', ({ half }) => percentile(half.latencies, 0.99)),
      ratio: `${show(tail)} x p50`,
      budget: `<= ${BUDGET.halfTail} x p50`,
      isMet: tail <= BUDGET.halfTail,
    },
    {
      ...line('history events a turn, alone', ({ eventsPerTurnAlone }) => eventsPerTurnAlone, ''),
      budget: `<= ${BUDGET.events}`,
      isMet: eventsAlone <= BUDGET.events,
    },
    line('history events a turn, in load', ({ eventsPerTurnInLoad }) => eventsPerTurnInLoad, ''),
    ...cpuLines(rounds, line),
    {
      benchmark: BENCHMARK,
      what: 'replies that did not come',
      ours: lost('ours'),
      floor1: lost('floor1'),
      floor0: lost('floor0'),
      budget: '0',
      isMet: NAMES.every((name) => lost(name) === '0') && strays === 0,
    },
  ];
  return { lines, raw: { strays, rounds: rounds.map(toRaw) } };
}

type Pick3 = { ours: string; floor1: string; floor0: string };

const aloneP50: Pick = ({ alone }) => percentile(alone.latencies, 0.5);
const rate: Pick = ({ load }) => load.latencies.length / load.seconds;
const tailOf: Pick = ({ half }) => percentile(half.latencies, 0.99) / percentile(half.latencies, 0.5);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function throughputLines(rounds: readonly Round[], cells: (pick: Pick, unit: string) => Pick3): Measurement[] {
  const against = (floor: 'floor1' | 'floor0', least: number): Measurement => {
    const ratios = rounds.map((round) => rate(round.ours) / rate(round[floor]));
    const middle = median(ratios);
    return {
      benchmark: BENCHMARK,
      what: `throughput against ${floor === 'floor1' ? 'F1' : 'F0'}`,
      ...cells(rate, '/s'),
      ratio: `${show(middle)} (${show(Math.min(...ratios))} to ${show(Math.max(...ratios))})`,
      budget: `>= ${least}`,
      isMet: middle >= least,
    };
  };
  return [against('floor1', BUDGET.toFloor1), against('floor0', BUDGET.toFloor0)];
}

/** CPU of a message by process, and all but the driver together: steadier than rates on a shared machine. */
function cpuLines(rounds: readonly Round[], line: (what: string, pick: Pick) => Measurement): Measurement[] {
  const all = perMessage('temporal', 'mongo', 'api', 'worker');
  const ratio = (floor: Name): string => show(median(rounds.map((round) => all(round.ours) / all(round[floor]))));
  return [
    { ...line('CPU a message, without driver', all), ratio: `F1 ${ratio('floor1')}, F0 ${ratio('floor0')}` },
    line('  Temporal server', perMessage('temporal')),
    line('  MongoDB', perMessage('mongo')),
    line('  api', perMessage('api')),
    line('  worker', perMessage('worker')),
    line('  driver and Graph server', perMessage('driver')),
  ];
}

function toRaw(round: Round): unknown {
  return Object.fromEntries(
    NAMES.map((name) => {
      const { load, alone, half, cpu, eventsPerTurnAlone, eventsPerTurnInLoad, halfPerSecond } = round[name];
      return [
        name,
        {
          perSecond: rate(round[name]),
          load: spread(load),
          alone: spread(alone),
          half: { perSecond: halfPerSecond, ...spread(half) },
          cpuMs: cpu,
          eventsPerTurnAlone,
          eventsPerTurnInLoad,
          lost: load.lost + alone.lost + half.lost,
        },
      ];
    }),
  );
}

const perMessage =
  (...names: string[]): Pick =>
  ({ cpu, load }) =>
    sum(names.map((name) => cpu[name] ?? 0)) / load.latencies.length;

const spread = ({ latencies }: { latencies: number[] }) => ({
  n: latencies.length,
  p50: percentile(latencies, 0.5),
  p90: percentile(latencies, 0.9),
  p99: percentile(latencies, 0.99),
  max: percentile(latencies, 1),
});
