import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Shows how a version does on a part of the new conversations, and decides what becomes of it. */
export const canaryCommand: Command = {
  name: 'canary',
  summary: 'show, widen, finish or end a version on a part of the new conversations',
  usage:
    'attendant canary <scenario> [--percent <1-99> | --finish [--note <text>] | --end] [--minimum <n>] [--guard <name>=<points>|off ...] [--json]',
  help: [
    'Without an option: how the canary does beside the rest.',
    '--percent  gives it to another part of the new conversations',
    '--finish   puts it in force for all new conversations',
    '--end      gives it to nobody new; whoever has it goes on',
    '--guard    how many points worse than the rest it may be: hand-off, errors, left, survey',
    '--minimum  so many conversations on each side say something',
  ].join('\n'),
  run: async (args, io) => {
    const options = {
      percent: { type: 'string' },
      finish: { type: 'boolean', default: false },
      end: { type: 'boolean', default: false },
      note: { type: 'string' },
      minimum: { type: 'string' },
      guard: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one scenario.');
    const { percent, finish, end, note, minimum, guard, json: isJson } = values;
    const { readGuardrails, readPercent } = await import('./publish/read-canary.ts');
    const guardrails = readGuardrails({ minimum, guard });
    const changes = {
      ...(percent !== undefined && { percent: readPercent(percent) }),
      ...(guardrails && { guardrails }),
    };
    const isChange = Object.keys(changes).length > 0;
    if ([isChange, finish, end].filter(Boolean).length > 1)
      throw new UsageError('One thing at a time: --percent and --guard, --finish, or --end.');
    if (note !== undefined && !finish) throw new UsageError('--note goes with --finish.');
    const { changeCanary, endCanary, finishCanary, showCanary } = await import('./publish/canary.ts');
    if (finish) return finishCanary({ name, note, isJson }, io);
    if (end) return endCanary({ name, isJson }, io);
    return isChange ? changeCanary({ name, changes, isJson }, io) : showCanary({ name, isJson }, io);
  },
};
