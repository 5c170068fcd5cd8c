import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Lists what was published of a scenario, or prints the text of one version. */
export const versionsCommand: Command = {
  name: 'versions',
  summary: 'list what was published of a scenario, or print one version or its report',
  usage: 'attendant versions <scenario> [<version> | --report <number>] [--json]',
  run: async (args, io) => {
    const options = { json: { type: 'boolean', default: false }, report: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name, version, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('Name one scenario, and one version at most.');
    if (values.report !== undefined) {
      if (version !== undefined) throw new UsageError('A version prints its text, --report its report: one of them.');
      if (!/^[1-9]\d{0,8}$/.test(values.report))
        throw new UsageError(`"${values.report}" is not a number of "attendant versions".`);
      const { printPublicationReport } = await import('./publish/print-report.ts');
      return printPublicationReport({ name, number: Number(values.report), isJson: values.json }, io);
    }
    const { listVersions, printVersion } = await import('./publish/list-versions.ts');
    return version === undefined
      ? listVersions({ name, isJson: values.json }, io)
      : printVersion({ name, version }, io);
  },
};
