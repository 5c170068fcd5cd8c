import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

/** Checks scenario files before they are published. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'check scenario files before publishing them',
  usage: 'attendant check <file|folder> [--config <folder|url>] [--token <token>] [--json | --watch]',
  help: `Exit code 1 where a file cannot be published. Everything that is looked at: docs/scenario-checks.md

  --config <folder>  users and services as files of "attendant apply": is there anybody with the skills asked for?
  --config <url>     the same of a running Attendant, asked over its API
  --token <token>    of that Attendant's admin; better in ATTENDANT_ADMIN_TOKEN, where other users cannot see it
  --watch            check again whenever a file changes, until Ctrl-C
  --json             { "reports": [{ file, scenario, isPublishable, problems, checks }] } for machines`,
  run: async (args, io) => {
    const options = {
      config: { type: 'string' },
      token: { type: 'string' },
      json: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const { checkFiles } = await import('./check/check-files.ts');
    const request = { given, config: values.config, token: values.token, isJson: values.json };
    if (!values.watch) return checkFiles(request, io);
    if (values.json) throw new UsageError('Choose --json or --watch.');
    const { untilInterrupted, watchFiles } = await import('./test/watch-files.ts');
    return watchFiles(given, () => checkFiles(request, io), { print: io.print, signal: untilInterrupted() });
  },
};
