import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';

/** What YAML reads as another value than stands there. */
const WRITTEN = ['01067', '+4930123456', '1.10', '12345678901234567890', '0xFF', '1e3', '007', '-0', 'True'];

function fieldsOf(block: string): unknown {
  const { document, problems } = parseScenario(
    `attendant: 2\nscenario: s\nblocks:\n  a: { ${block} }\n  b: { exit: {} }\n`,
  );
  expect(problems).toEqual([]);
  return document?.blocks[0]?.fields;
}

function problemOf(block: string): { message: string; remedy: string } | undefined {
  return parseScenario(`attendant: 2\nscenario: s\nblocks:\n  a: { ${block} }\n`).problems[0];
}

describe('A value without quotes', () => {
  it.each(WRITTEN)('stays %s where a block takes anything', (written) => {
    expect(fieldsOf(`set-variable: { v: ${written}, w: "= 1" }`)).toMatchObject({ v: written });
    expect(fieldsOf(`create-object: { object: contact, fields: { v: ${written} } }`)).toMatchObject({
      fields: { v: written },
    });
    const json = fieldsOf(`fetch-url: { url: "https://x.test", body: { json: { v: [${written}] } } }`);
    expect(json).toMatchObject({ body: { json: { v: [written] } } });
  });

  it.each(WRITTEN)('is asked for in quotes as %s where a block takes text', (written) => {
    const remedy = `Put it in quotes: "${written}".`;
    const title = `send-message: { text: t, quickReplies: [{ title: ${written} }] }`;
    expect(problemOf(title)?.remedy).toBe(remedy);
    expect(problemOf(`send-message: { text: t, buttons: [{ title: t, phone: ${written} }] }`)?.remedy).toBe(remedy);
    expect(problemOf(`attached-data: { a: ${written} }`)?.remedy).toBe(remedy);
    expect(problemOf(`set-custom-reporting-field: { a: ${written} }`)?.remedy).toBe(remedy);
  });

  it.each([
    ['7', 7],
    ['-1.5', -1.5],
    ['.5', 0.5],
    ['true', true],
  ])('that is written as its value, %s, is that value', (written, value) => {
    expect(fieldsOf(`set-variable: { v: ${written} }`)).toEqual({ v: value });
  });

  it('is a number where a block takes numbers only, beside others that stay', () => {
    const block = 'a-b-split: { branches: [{ weight: 1.50, go: b }, { weight: 0x2, go: b }] }';
    expect(JSON.stringify(fieldsOf(block))).toContain('1.5');
    const mixed = 'fetch-url: { url: "https://x.test", retries: 0x1, body: { json: { v: 007 } } }';
    expect(fieldsOf(mixed)).toMatchObject({ retries: 1, body: { json: { v: '007' } } });
  });

  it('is a number to arithmetic all the same', () => {
    const source =
      'attendant: 2\nscenario: s\nblocks:\n  a: { set-variable: { price: 1.50, sum: "= $(price) * 2" } }\n  b: { send-message: { text: "$(sum)" } }\n';
    expect(checkSource(source).problems).toEqual([]);
  });

  it('stays as it is in a test file', () => {
    const read = readTestFile('tests:\n  - { name: n, variables: { zip: 01067 }, steps: [{ customer: hi }] }\n');
    expect('file' in read && read.file.tests[0]?.variables).toEqual({ zip: '01067' });
  });
});

describe('A number in an expression', () => {
  it.each(['01067', '12345678901234567890', '1.2345678901234567'])(
    'that is read as another, %s, is refused',
    (written) => {
      const condition = problemOf(`if: [{ when: "$(zip) == ${written}", go: a }, { else: a }]`);
      expect(condition?.message).toContain(`${written} is read as the number`);
      expect(condition?.remedy).toContain(`matches '^${written}$'`);
      expect(problemOf(`set-variable: { v: "= ${written} + 1" }`)?.message).toContain(written);
    },
  );

  it.each(['0', '0.5', '10', '-0.25', "'01067'"])('that is what it is, %s, is taken', (written) => {
    const source = `attendant: 2\nscenario: s\nblocks:\n  a: { set-variable: { v: "= ${written}" } }\n`;
    expect(parseScenario(source).problems).toEqual([]);
  });
});
