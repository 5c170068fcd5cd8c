import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Puts an earlier version of a scenario in force again. */
export const rollbackCommand: Command = {
  name: 'rollback',
  summary: 'put an earlier version of a scenario in force again',
  usage: 'attendant rollback <scenario> [<number>|<version>] [--note <text>] [--author <name>]',
  run: async (args, io) => {
    const options = { note: { type: 'string' }, author: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name, target, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one scenario, and one version at most.');
    const { rollBack } = await import('./publish/roll-back.ts');
    return rollBack({ name, target, note: values.note, author: values.author }, io);
  },
};
