import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Checks scenario files before they are published. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'check scenario files before publishing them',
  usage: 'attendant check <file|folder> [--config <folder>] [--json]',
  run: async (args, io) => {
    const options = { config: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const { checkFiles } = await import('./check/check-files.ts');
    return checkFiles({ given, config: values.config, isJson: values.json }, io);
  },
};
