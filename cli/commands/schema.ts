import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';

/** Prints the JSON Schema of scenario files, of their tests or of configuration files. */
export const schemaCommand: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of scenarios, tests or configuration, for editors',
  usage: 'attendant schema [<scenario file>] [--tests | --configuration] > scenario.schema.json',
  help: `With a scenario file editors complete its block ids and variables, too.

  --tests          of *.test.yaml
  --configuration  of the documents that "attendant apply" takes`,
  run: async (args, io) => {
    const options = {
      tests: { type: 'boolean', default: false },
      configuration: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one file.');
    if (values.tests && values.configuration) throw new UsageError('Choose --tests or --configuration.');
    const of = values.tests ? 'tests' : values.configuration ? 'configuration' : 'scenario';
    const { printSchema } = await import('./schema/print-schema.ts');
    return printSchema({ file, of }, io);
  },
};
