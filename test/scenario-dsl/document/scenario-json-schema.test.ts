import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createScenarioJsonSchema } from '../../../scenario-dsl/document/scenario-json-schema.ts';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(createScenarioJsonSchema());

function isValid(blocks: unknown): boolean {
  return validate({ attendant: 2, scenario: 'test', blocks });
}

describe('The JSON Schema of scenarios', () => {
  it('takes Mobile Chat', () => {
    expect(validate(parse(readFileSync('scenarios/mobile-chat.yaml', 'utf8')))).toBe(true);
    expect(validate.errors).toBeNull();
  });

  it.each([
    [
      'every block type',
      { a: { goto: 'b' }, b: { 'set-variable': { x: 1, y: 'z' } }, c: { if: [{ else: 'a' }] }, d: { exit: {} } },
    ],
    [
      'exits with a wait',
      { a: { 'send-message': { text: 'x', wait: {} }, exits: { timeout: 'a', 'send-error': 'a' } } },
    ],
    [
      'inputs',
      {
        a: { 'request-input': { text: 'x', into: 'a' }, exits: { invalid: 'a', timeout: 'a', 'send-error': 'a' } },
        b: {
          'request-input': { text: 'x', type: 'choice', into: 'b', choices: [{ title: 'x' }], retry: { count: 0 } },
        },
        c: { 'request-input': { text: 'x', type: 'rating', into: 'c', min: 0, max: 10 } },
      },
    ],
    [
      'a switch, a wait and a comment',
      { a: { switch: { variable: 'x', cases: { y: 'a' } } }, b: { wait: { for: '1.5s' } }, c: { comment: 'x' } },
    ],
  ])('takes %s', (_what, blocks) => {
    expect(isValid(blocks)).toBe(true);
  });

  it.each([
    ['an unknown block type', { a: { 'send-mesage': { text: 'x' } } }],
    ['a block of two types', { a: { exit: {}, goto: 'a' } }],
    ['a block without a type', { a: { title: 'x' } }],
    ['a missing field', { a: { 'send-message': {} } }],
    ['an unknown field', { a: { 'send-message': { text: 'x', txt: 'x' } } }],
    ['a number as duration', { a: { 'connect-chat': { noAnswer: 10 } } }],
    ['a duration without a unit', { a: { 'connect-chat': { noAnswer: '10' } } }],
    ['a bad block id', { Ask_Me: { exit: {} } }],
    ['a bad variable name', { a: { 'set-variable': { 'a b': 1 } } }],
    ['a list as a variable', { a: { 'set-variable': { a: [] } } }],
    ['an exit that the type does not have', { a: { exit: {}, exits: { timeout: 'a' } } }],
    ['a branch without a target', { a: { if: [{ when: 'true' }] } }],
    ['a text that is too long', { a: { 'send-message': { text: 'x'.repeat(2001) } } }],
    ['an input without a variable', { a: { 'request-input': { text: 'x' } } }],
    ['a choice without choices', { a: { 'request-input': { text: 'x', into: 'a', type: 'choice' } } }],
    ['choices of a text', { a: { 'request-input': { text: 'x', into: 'a', choices: [{ title: 'x' }] } } }],
    ['a least date', { a: { 'request-input': { text: 'x', into: 'a', type: 'date', min: 1 } } }],
    ['an input of an unknown type', { a: { 'request-input': { text: 'x', into: 'a', type: 'name' } } }],
    ['a switch without cases', { a: { switch: { variable: 'x', cases: {} } } }],
    ['a wait of a number', { a: { wait: { for: 2 } } }],
    ['no blocks', {}],
  ])('refuses %s', (_what, blocks) => {
    expect(isValid(blocks)).toBe(false);
  });

  it('refuses another version of the language and unknown keys', () => {
    expect(validate({ attendant: 3, scenario: 'x', blocks: { a: { exit: {} } } })).toBe(false);
    expect(validate({ attendant: 2, scenario: 'x', blok: {}, blocks: { a: { exit: {} } } })).toBe(false);
  });

  it('describes every block type for the reader in an editor', () => {
    const { block } = createScenarioJsonSchema().$defs ?? {};
    const described = Object.entries(block?.properties ?? {}).map(([name, schema]) => [
      name,
      Object(schema).description,
    ]);
    expect(described.filter(([, description]) => description === undefined)).toEqual([]);
  });
});
