import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Writes scenario files in today's version of the language. */
export const upgradeCommand: Command = {
  name: 'upgrade',
  summary: 'write scenario files in today’s version of the language',
  usage: 'attendant upgrade <file|folder> [--check]',
  run: async (args, io) => {
    const options = { check: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const { upgradeFiles } = await import('./upgrade/upgrade-files.ts');
    return upgradeFiles({ given, isCheck: values.check }, io);
  },
};
