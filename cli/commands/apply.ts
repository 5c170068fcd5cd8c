import { parseArgs } from 'node:util';
import type { ApplyResponse, ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';

function printResponse({ items, dryRun }: ApplyResponse, print: CommandIo['print']): void {
  for (const { kind, name, outcome } of items) print(`${outcome.padEnd(9)}  ${kind.padEnd(8)}  ${name}`);
  for (const { name, verifyToken } of items) {
    if (verifyToken !== undefined) print(`\nverify token of account ${name}, shown this once: ${verifyToken}`);
  }
  const count = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
  const sum = `${count('created')} created, ${count('changed')} changed, ${count('unchanged')} unchanged`;
  print(`\n${sum}${dryRun ? ' (dry run: nothing was changed)' : ''}`);
}

/** Brings the running Attendant's configuration to what YAML files say. */
export const applyCommand: Command = {
  name: 'apply',
  summary: 'bring the configuration to what YAML files say',
  usage: 'attendant apply <file|folder> [--dry-run]',
  run: async (args, { env, print, printError }) => {
    const options = { 'dry-run': { type: 'boolean', default: false } } as const;
    const {
      values: { 'dry-run': dryRun },
      positionals,
    } = parseArgs({ args, options, allowPositionals: true });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new UsageError('Name one file or one folder.');
    const [{ readConfiguration }, { locateProblem }, { formatFileProblem }, { withApi }] = await Promise.all([
      import('./apply/read-configuration.ts'),
      import('./apply/locate-problem.ts'),
      import('./apply/file-problem.ts'),
      import('../with-api.ts'),
    ]);
    const { documents, problems } = await readConfiguration(given, env);
    if (problems.length > 0) {
      for (const problem of problems) printError(formatFileProblem(problem));
      return 1;
    }
    return withApi({ env, printError }, async (call) => {
      // What the files say is for the api to decide: it names the place of what it refuses.
      const values = documents.map(({ value }) => value as ConfigurationDocument);
      const response = await call('POST /api/v1/configuration/apply', { body: { documents: values, dryRun } });
      if (response.ok) {
        printResponse(response.body, print);
        return 0;
      }
      for (const detail of response.error.details) printError(formatFileProblem(locateProblem(documents, detail)));
      printError(response.error.message);
      return 1;
    });
  },
};
