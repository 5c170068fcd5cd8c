import { expect, it } from 'vitest';
import { schemaCommand } from '../../cli/commands/schema.ts';

it('attendant schema prints a JSON Schema that names every block type', async () => {
  const printed: string[] = [];
  const io = { env: {}, print: (line: string) => printed.push(line), printError: () => {} };
  expect(await schemaCommand.run([], io)).toBe(0);
  const schema = JSON.parse(printed.join('\n')) as { $schema: string; $defs: { block: { properties: object } } };
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(Object.keys(schema.$defs.block.properties)).toContain('find-agent');
});
