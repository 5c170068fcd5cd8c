import { assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { createByteOffsets } from '../../../scenario-dsl/parse/byte-offsets.ts';

/** What the problems of a source point at, by their codes. */
function pointedAt(blocks: string): string[] {
  const source = `attendant: 2\nscenario: grüße\nblocks:\n${blocks.replaceAll(/^(?=.)/gm, '  ')}\n`.replace(
    'grüße',
    'x',
  );
  const bytes = Buffer.from(source);
  return checkSource(source).problems.map(
    (problem) => `${problem.code}: ${bytes.subarray(problem.bytes.start, problem.bytes.end).toString()}`,
  );
}

describe('A problem points at the bytes that are meant:', () => {
  it.each([
    ['an unknown key', '# ä\na: { exit: {}, exitß: {} }', 'unknown-key: exitß'],
    ['a target', 'a: { goto: ende }\nend: { exit: {} }', 'unknown-block: ende'],
    ['a whole value', 'a: { wait: { for: "10 Jähre" } }', 'bad-duration: "10 Jähre"'],
    ['a block', 'ä1: { exit: {} }', 'bad-block-id: ä1'],
    ['a missing field, by its block type', 'a: { switch: { cases: { ä: a } } }', 'missing: switch'],
    ['a variable in a text', `a: { send-message: { text: 'Grüße, $(naame)!' } }`, 'variable-not-set: $(naame)'],
    ['a broken substitution', `a: { send-message: { text: 'Grüße $(1a)' } }`, `bad-substitution: 1a)'`],
    [
      'a variable in a condition',
      `a: { if: [{ when: "$(x) == 'ö' and $(y) is empty", go: e }] }\ne: { exit: {} }`,
      'variable-not-set: $(x)',
    ],
    ['a misused value', `a: { set-variable: { ä: 1 } }`, 'bad-variable-name: ä'],
    ['a key written twice', `a: { exit: {}, exit: {} }`, 'duplicate-key: exit'],
    ['an operand', `a: { set-variable: { d: "= 1 + count('ö')", e: "= upper('ö') + [1]" } }`, 'type-mismatch: [1]'],
  ])('%s', (_what, blocks, expected) => {
    expect(pointedAt(blocks)).toContain(expected);
  });
});

describe('An offset in bytes', () => {
  it('is that of the text as UTF-8, wherever it is asked for', () => {
    const text = string({ unit: 'grapheme', maxLength: 3000 });
    assert(
      property(text, nat(3000), (source, at) => {
        const offset = Math.min(at, source.length);
        // A pair of surrogates is one character: nothing points between them.
        if (/[\uD800-\uDBFF]$/.test(source.slice(0, offset))) return true;
        return createByteOffsets(source)(offset) === Buffer.from(source.slice(0, offset)).length;
      }),
    );
  });

  it('of a long text is right behind its last stretch', () => {
    expect(createByteOffsets('ä'.repeat(2048))(2048)).toBe(4096);
  });
});
