import { parseArgs } from 'node:util';

/** What a fault run does. Times in milliseconds. */
export interface FaultRunOptions {
  kind: 'chaos' | 'outage';
  conversations: number;
  /** Parts that each conversation says. */
  parts: number;
  /** What a worker lives at least before it is killed, in `chaos`; 0: none is killed. */
  killEveryMs: number;
  /** No limit where absent. */
  mostKills?: number;
  /** How long Graph is away, in `outage`. */
  outageMs: number;
  /** How long the end may take after the last fault. */
  recoveryMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const USAGE = `npm run fault-run -- [chaos|outage] [options]
  chaos (default)  conversations on a hostile simulator, the worker killed again and again
    --conversations 1000  --parts 3  --kill-every 7 (seconds; 0: never)
  outage           messages wait while Graph is away, then all of them leave in order
    --conversations 1000  --parts 5  --minutes 30 (or --seconds 60)
  --recovery 10      minutes within which everything must have its end
Exit code: 0 every promise was kept, 1 one was broken, 2 wrong use.`;

/** Reads the command line. @throws TypeError where it makes no sense */
export function readOptions(args: readonly string[]): FaultRunOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      conversations: { type: 'string', default: '1000' },
      parts: { type: 'string' },
      'kill-every': { type: 'string', default: '7' },
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      recovery: { type: 'string', default: '10' },
    },
  });
  const [kind = 'chaos'] = positionals;
  if (kind !== 'chaos' && kind !== 'outage') throw new TypeError(`"${kind}" is no fault run.`);
  const { seconds, minutes = '30' } = values;
  return {
    kind,
    conversations: numberOf(values.conversations, '--conversations'),
    parts: numberOf(values.parts ?? (kind === 'chaos' ? '3' : '5'), '--parts'),
    killEveryMs: numberOf(values['kill-every'], '--kill-every') * SECOND,
    outageMs: seconds === undefined ? numberOf(minutes, '--minutes') * MINUTE : numberOf(seconds, '--seconds') * SECOND,
    recoveryMs: numberOf(values.recovery, '--settle') * MINUTE,
  };
}

function numberOf(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new TypeError(`${name} is no number: ${text}`);
  return number;
}
