import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../../scenario-dsl/expression/evaluate-condition.ts';
import { getCondition } from '../../../scenario-dsl/expression/parse-condition.ts';
import { startRun } from '../scenario-run.ts';

function answer(fields: string, reply: string): unknown {
  const run = startRun(
    `a: { request-input: { text: "?", into: v, retry: { count: 0 }, ${fields} }, exits: { invalid: no } }\nb: { wait: { for: 1h } }\nno: { wait: { for: 1h } }`,
  );
  return run.answer('message.sent').write(reply).variables['v'];
}

const yesNo =
  'type: choice, choices: [{ title: "Yes, please", value: yes }, { title: No, value: no }, { title: Café, value: cafe }, { title: Straße, value: street }, { title: "👍", value: thumb }, { title: ΝΑΙ, value: nai }]';

describe('A choice is understood', () => {
  it.each([
    ['Yes, please.', 'yes'],
    ['yes please! 👍'.replace(' please', ', please'), 'yes'],
    ['\u200Byes\u200B', 'yes'],
    ['\u00A0Yes,\u00A0please', 'yes'],
    ['"no"', 'no'],
    ['No…', 'no'],
    ['ｎｏ', 'no'],
    ['Cafe\u0301', 'cafe'],
    ['CAFÉ', 'cafe'],
    ['STRASSE', 'street'],
    ['👍', 'thumb'],
    ['ναι', 'nai'],
  ])('%j is %s', (reply, value) => {
    expect(answer(yesNo, reply)).toBe(value);
  });
});

describe('A number, a rating, a date, an address is understood', () => {
  it.each<[string, string, unknown]>([
    ['type: number', '5.', 5],
    ['type: number', '5 👍', 5],
    ['type: number', '٤٢', 42],
    ['type: number', '１２', 12],
    ['type: number', '५', 5],
    ['type: number', '\u200E7\u200F', 7],
    ['type: number', '-3', -3],
    ['type: number', '1.5', 1.5],
    ['type: number', '5️⃣', 5],
    ['type: rating', '4!', 4],
    ['type: date', '2026-05-03.', '2026-05-03'],
    ['type: date', '３.５.2026', '2026-05-03'],
    ['type: email', 'ada@example.com.', 'ada@example.com'],
    ['type: email', '\u200Bada@example.com', 'ada@example.com'],
    ['type: phone', '+49\u00A030\u00A01234567', '+49301234567'],
    ['type: text', '\u200B \u200B', undefined],
    ['type: text', 'Hi there. 👋', 'Hi there. 👋'],
  ])('%s: %j is %j', (fields, reply, value) => {
    expect(answer(fields, reply)).toEqual(value);
  });
});

describe('A condition sees what people see', () => {
  it.each([
    ["$(q) contains 'café'", 'Cafe\u0301 au lait'],
    ["$(q) contains 'sign up'", 'please sign\u00A0up'],
    ["$(q) == 'é'", 'e\u0301'],
    ['$(q) > 3', '٥'],
    ['$(q) is empty', '\u200B'],
  ])('%s holds of %j', (condition, q) => {
    expect(evaluateCondition(getCondition(condition), { q })).toBe(true);
  });
});
