import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const options = {
  overwrite: { type: 'boolean', default: false },
  'without-secrets': { type: 'boolean', default: false },
} as const;

/** Writes the configuration in force as files that `attendant apply` takes. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'write the configuration in force as YAML files, for apply',
  usage: 'attendant export [folder] [--without-secrets] [--overwrite]',
  help: `The folder is "configuration" where none is named. Secrets stand there as \${NAME}, to be set in the environment of
attendant apply; --without-secrets leaves them out: apply then keeps those that are stored. Passwords are never written.
A folder that holds files already is taken with --overwrite only. More: docs/configuration.md.`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [folder = 'configuration', ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one folder.');
    const { exportConfiguration } = await import('./export/export-configuration.ts');
    const { overwrite, 'without-secrets': isWithoutSecrets } = values;
    return exportConfiguration({ folder, overwrite, hasSecrets: !isWithoutSecrets }, io);
  },
};
