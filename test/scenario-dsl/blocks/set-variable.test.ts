import { describe, expect, it } from 'vitest';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario } from '../../../scenario-dsl/run/step.ts';

function run(document: ScenarioDocument): Record<string, unknown> {
  const { state } = startScenario(compileScenario(document), { variables: { n: '4', name: 'Ada' } }, 0);
  return state.snapshot.context.variables;
}

function parse(values: string): ScenarioDocument {
  const { document, problems } = parseScenario(
    `attendant: 2\nscenario: x\nblocks:\n  a: { set-variable: ${values} }\n`,
  );
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

describe('Set Variable', () => {
  it('takes texts, numbers, true and false, and expressions, each after the other', () => {
    const variables = run(
      parse(
        `{ a: 'Hi $(name)', b: 5, c: true, d: '= $(b) + $(n)', e: "= split('x y', ' ')", f: "= $(nobody)", g: '$(d)!' }`,
      ),
    );
    expect(variables).toMatchObject({ a: 'Hi Ada', b: 5, c: true, d: 9, e: ['x', 'y'], f: '', g: '9!' });
  });

  it('says where an expression is wrong', () => {
    const { problems } = parseScenario(
      `attendant: 2\nscenario: x\nblocks:\n  a: { set-variable: { x: '= 1 + uper($(n))' } }\n`,
    );
    expect(problems).toEqual([
      expect.objectContaining({ code: 'bad-expression', line: 4, column: 34, remedy: 'Did you mean "upper"?' }),
    ]);
  });

  it('means the same under the number that old examples begin with', () => {
    const { document } = parseScenario(`attendant: 1\nscenario: x\nblocks:\n  a: { set-variable: { a: '= 1 + 1' } }\n`);
    expect(document && run(document)).toMatchObject({ a: 2 });
    expect(document?.attendant).toBe(2);
  });

  it('takes text that begins with = in quotes or behind a substitution', () => {
    expect(run(parse(`{ a: "= '= 1 + 1'", b: "$('=') 1 + 1", c: x=1 }`))).toMatchObject({
      a: '= 1 + 1',
      b: '= 1 + 1',
      c: 'x=1',
    });
  });
});
