import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Puts a scenario file in force on the running Attendant. */
export const publishCommand: Command = {
  name: 'publish',
  summary: 'put a scenario in force for new conversations',
  usage: 'attendant publish <file> [--note <text>] [--author <name>] [--expect <version>|none] [--dry-run] [--json]',
  run: async (args, io) => {
    const options = {
      note: { type: 'string' },
      author: { type: 'string' },
      expect: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one scenario file.');
    const { publishFile } = await import('./publish/publish-file.ts');
    const { note, author, expect, json: isJson, 'dry-run': isDryRun } = values;
    return publishFile({ file, note, author, expect, isDryRun, isJson }, io);
  },
};
