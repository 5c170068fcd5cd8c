import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** Everything that a file imports by value, directly or not. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, clause, source] of readFileSync(file, 'utf8').matchAll(/^import ([^;]*?) from '([^']+)';/gm)) {
    if (clause?.startsWith('type ') || source === undefined) continue;
    if (source.startsWith('.')) importsOf(join(dirname(file), source), seen);
    else seen.add(source);
  }
  return seen;
}

const isOurs = (name: string): boolean => /^(scenario-dsl|contracts)\//.test(name) && !name.endsWith('-schema.ts');

it('compiles and steps a scenario without zod, yaml or anything of Node, as the workflow sandbox needs', () => {
  const imports = [...importsOf('scenario-dsl/run/step.ts'), ...importsOf('scenario-dsl/compile/compile-scenario.ts')];
  expect(imports).toContain('scenario-dsl/blocks/send-message.ts');
  expect(new Set(imports.filter((name) => !isOurs(name)))).toEqual(new Set(['xstate', 're2js']));
});
