import { parseArgs } from 'node:util';
import type { BulkSurgery } from '../../contracts/bulk-surgery.ts';
import { parseDuration } from '../../contracts/duration.ts';
import { TIMER_KINDS, type TimerKind } from '../../contracts/conversation-timer.ts';
import { type Command, UsageError } from '../command.ts';

const text = { type: 'string' } as const;
const options = {
  kind: text,
  scenario: text,
  block: text,
  service: text,
  account: text,
  by: text,
  conversation: { type: 'string', multiple: true },
  yes: { type: 'boolean', default: false },
} as const;

const USAGE = `attendant surgery timers [filter]
       attendant surgery fire|skip --kind <kind> [filter] [--yes]
       attendant surgery put-off --kind <kind> --by <duration> [filter] [--yes]
       attendant surgery go-to <block> [filter] [--yes]
       attendant surgery set <variable> <value as JSON> [filter] [--yes]
       attendant surgery show <operation> | stop <operation>`;

const FILTERS = ['scenario', 'block', 'service', 'account'] as const;

/** What is asked: a filter, or conversations by their ids. */
export interface SurgeryTarget {
  filter: { kind?: TimerKind; scenario?: string; block?: string; service?: string; account?: string };
  conversations: readonly string[];
}

/** Tells what running conversations wait for by the clock, and helps many of them on. */
export const surgeryCommand: Command = {
  name: 'surgery',
  summary: 'list the timers of running conversations, and help many conversations on by hand',
  usage: USAGE,
  help: `Without --yes it only tells what would come of it. With --yes it is carried out, for those that the preview named.

  filter:    --scenario --block --service --account; --kind of a timer; --conversation <id>, once or more
  --by       10m, 4h, 1d
  skip       puts off by 30 days, as no wait is for ever
  kinds:     ${TIMER_KINDS.join(', ')}`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [action = '', ...rest] = positionals;
    const { carryOut, listTimers, show, stop } = await import('./surgery/carry-out.ts');
    const { kind, conversation: conversations = [], by, yes } = values;
    const named = FILTERS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
    const filter = { ...Object.fromEntries(named), ...(kind !== undefined && { kind: readKind(kind) }) };
    if (action === 'timers' && rest.length === 0) return listTimers(filter, io);
    const [id] = rest;
    if ((action === 'show' || action === 'stop') && id !== undefined && rest.length === 1)
      return action === 'show' ? show(id, io) : stop(id, io);
    const surgery = readSurgery(action, rest, { by, kind });
    return carryOut({ surgery, target: { filter, conversations }, isMeant: yes }, io);
  },
};

/** How many words follow each action. */
const WORDS: Readonly<Record<string, number>> = { fire: 0, skip: 0, 'put-off': 0, 'go-to': 1, set: 2 };

function readSurgery(
  action: string,
  words: readonly string[],
  { by, kind }: { by: string | undefined; kind: string | undefined },
): BulkSurgery {
  if (WORDS[action] !== words.length) throw new UsageError('Say what to do with which conversations.');
  const [first = '', second = ''] = words;
  if (action === 'go-to') return { kind: 'go-to-block', block: first };
  if (action === 'set') return { kind: 'set-variable', name: first, value: readJson(second) };
  if (kind === undefined) throw new UsageError(`Name the kind of timer with --kind: ${TIMER_KINDS.join(', ')}.`);
  if (action === 'fire') return { kind: 'fire-timer' };
  if (action === 'skip') return { kind: 'put-off-timer' };
  return { kind: 'put-off-timer', seconds: readSeconds(by) };
}

function readKind(kind: string): TimerKind {
  const known = TIMER_KINDS.find((each) => each === kind);
  if (known === undefined) throw new UsageError(`"${kind}" is no kind of timer. Kinds: ${TIMER_KINDS.join(', ')}.`);
  return known;
}

function readSeconds(by: string | undefined): number {
  const ms = by === undefined ? undefined : parseDuration(by);
  if (ms === undefined || ms < 1000) throw new UsageError('Say by how much, as --by 10m, 4h or 1d.');
  return Math.round(ms / 1000);
}

function readJson(value: string): Extract<BulkSurgery, { kind: 'set-variable' }>['value'] {
  try {
    return JSON.parse(value) as ReturnType<typeof readJson>;
  } catch {
    throw new UsageError(`The value is no JSON. A text stands in quotes: '"${value}"'. null takes the variable away.`);
  }
}
