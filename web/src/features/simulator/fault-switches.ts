import type { simulatorEn } from '../../shared/i18n/simulator-en.ts';
import type { Fault } from './simulator-api.ts';

type FaultName = keyof typeof simulatorEn.faults;
type Values = Readonly<Record<string, string | number>>;

/** A switch of the page, and the fault of the simulator behind it. */
export interface FaultSwitch {
  name: FaultName;
  /** What tells this fault from others; also what it is switched off by. */
  match: Values;
  /** What else it is switched on with. */
  more?: Values;
  /** It hits a number of sends or webhooks, where others last until off. */
  isCounted?: boolean;
  /** It is for no Page alone. */
  isForAll?: boolean;
  /** A value that can be chosen; the first is where it begins. */
  value?: { field: string; unit: 'seconds' | 'perSecond' | 'code' | 'percent' | 'plain'; choices: (string | number)[] };
  /** A value that is shown and cannot be chosen. */
  code?: number;
}

const seconds = (...choices: number[]): NonNullable<FaultSwitch['value']> => ({
  field: 'delayMs',
  unit: 'seconds',
  choices,
});

/** Every fault that the simulator knows; the first eight are always in view. */
export const FAULT_SWITCHES: readonly FaultSwitch[] = [
  { name: 'redeliver', match: { kind: 'webhook', way: 'redeliver' }, isCounted: true },
  { name: 'reorder', match: { kind: 'webhook', way: 'reorder' }, isCounted: true },
  {
    name: 'delay',
    match: { kind: 'webhook', way: 'delay' },
    isCounted: true,
    value: seconds(4000, 1000, 15_000, 60_000),
  },
  { name: 'forge', match: { kind: 'webhook', way: 'forge' }, isCounted: true },
  {
    name: 'rateLimit',
    match: { kind: 'rate-limit' },
    value: { field: 'perSecond', unit: 'perSecond', choices: [1, 5, 20] },
    code: 613,
  },
  { name: 'deadToken', match: { kind: 'dead-token' }, code: 190 },
  {
    name: 'windowClosed',
    match: { kind: 'error', code: 10, subcode: 2_018_278 },
    more: { message: 'This message is sent outside of allowed window.' },
    isCounted: true,
    code: 10,
  },
  { name: 'lost', match: { kind: 'reset-after-accept' }, isCounted: true },
  { name: 'slow', match: { kind: 'slow' }, isCounted: true, value: seconds(4000, 1000, 15_000, 60_000) },
  { name: 'timeout', match: { kind: 'timeout-after-accept' }, isCounted: true, value: seconds(60_000, 5000) },
  { name: 'dropped', match: { kind: 'reset-before-accept' }, isCounted: true },
  {
    name: 'error',
    match: { kind: 'error' },
    isCounted: true,
    value: { field: 'code', unit: 'code', choices: [1, 2, 4, 100, 200, 230, 368, 551, 613, 1200, 1545041] },
  },
  { name: 'outage', match: { kind: 'outage', mode: 'error' } },
  { name: 'cutOff', match: { kind: 'outage', mode: 'reset' } },
  { name: 'usage', match: { kind: 'usage' }, value: { field: 'percent', unit: 'percent', choices: [90, 80, 100] } },
  {
    name: 'setup',
    match: { kind: 'graph' },
    more: { code: 190 },
    value: {
      field: 'call',
      unit: 'plain',
      choices: ['me', 'app', 'debug-token', 'subscriptions', 'subscribed-apps', 'routing'],
    },
  },
  { name: 'noEcho', match: { kind: 'echo', echo: 'off' } },
  { name: 'lateEcho', match: { kind: 'echo', echo: 'late' }, value: seconds(5000, 1000, 30_000) },
  { name: 'doubleEcho', match: { kind: 'echo', echo: 'double' } },
  { name: 'hostile', match: { kind: 'hostile' }, isForAll: true },
];

/** Faults in view while the others are folded away. */
export const FIRST_SWITCHES = 8;

/** The faults of a switch among those that are on. */
export function faultsOf({ match, name }: FaultSwitch, faults: readonly Fault[]): Fault[] {
  return faults.filter(
    (fault) =>
      Object.entries(match).every(([key, value]) => fault[key] === value) &&
      // A closed window has its own switch.
      (name !== 'error' || fault['code'] !== 10),
  );
}
