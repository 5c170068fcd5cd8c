import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';

/** Prints the JSON Schema of scenario files. */
export const schemaCommand: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of scenario files, for editors',
  usage: 'attendant schema > scenario.schema.json',
  run: async (args, { print }) => {
    parseArgs({ args, options: {} });
    const { createScenarioJsonSchema } = await import('../../scenario-dsl/document/scenario-json-schema.ts');
    print(JSON.stringify(createScenarioJsonSchema(), null, 2));
    return 0;
  },
};
