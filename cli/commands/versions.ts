import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Lists what was published of a scenario, or prints the text of one version. */
export const versionsCommand: Command = {
  name: 'versions',
  summary: 'list what was published of a scenario, or print one version',
  usage: 'attendant versions <scenario> [<version>] [--json]',
  run: async (args, io) => {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name, version, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one scenario, and one version at most.');
    const { listVersions, printVersion } = await import('./publish/list-versions.ts');
    return version === undefined
      ? listVersions({ name, isJson: values.json }, io)
      : printVersion({ name, version }, io);
  },
};
