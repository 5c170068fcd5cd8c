import {
  array,
  assert,
  constantFrom,
  dictionary,
  letrec,
  oneof,
  property,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBlock, removeBlock, renameBlock, setField, wireExit } from '../../../scenario-dsl/edit/edit-scenario.ts';
import { editSource, type Edited } from '../../../scenario-dsl/edit/edit-source.ts';
import type { JsonValue } from '../../../scenario-dsl/edit/render-value.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readSource } from '../../../scenario-dsl/parse/read-source.ts';

const source = `# Greets.
attendant: 2 # of the language
scenario: hello
blocks:

  # First of all.
  welcome:
    send-message: { text: 'Hello', wait: { timeout: 5m } } # said once
    exits: { timeout: bye } # nobody there

  # Then, for those who stay:
  choose:
    if:
      - when: "$(item.message) contains 'x'" # odd
        go: welcome
      - else: bye # the rest

  bye:
    title: Bye
    send-message:
      text: >-
        A long
        farewell
  end:
    exit: {}
  # The end.
`;

function edited(result: Edited): string {
  if ('problem' in result) throw new Error(result.problem);
  return result.source;
}

/** The lines that are gone (-) and new (+). */
function diff(result: Edited, before = source): string[] {
  const after = edited(result).split('\n');
  const old = before.split('\n');
  return [
    ...old.filter((line) => !after.includes(line)).map((line) => `-${line.trim()}`),
    ...after.filter((line) => !old.includes(line)).map((line) => `+${line.trim()}`),
  ];
}

describe('An edit of a scenario’s text changes one place and leaves the comments:', () => {
  it('a field, in the quotes it had', () => {
    expect(diff(setField(source, { block: 'welcome', path: ['text'], value: "It's me" }))).toEqual([
      `-send-message: { text: 'Hello', wait: { timeout: 5m } } # said once`,
      `+send-message: { text: 'It''s me', wait: { timeout: 5m } } # said once`,
    ]);
  });

  it('a field that was not there', () => {
    expect(diff(setField(source, { block: 'welcome', path: ['wait', 'into'], value: 'name' }))).toEqual([
      `-send-message: { text: 'Hello', wait: { timeout: 5m } } # said once`,
      `+send-message: { text: 'Hello', wait: { timeout: 5m, into: name } } # said once`,
    ]);
    expect(diff(setField(source, { block: 'choose', path: [0, 'go'], value: 'end' }))).toEqual([
      '-go: welcome',
      '+go: end',
    ]);
    expect(diff(setField(source, { block: 'bye', path: ['wait'], value: { timeout: '2m' } }))).toEqual([
      `+wait: { timeout: '2m' }`,
    ]);
  });

  it('a folded text', () => {
    expect(diff(setField(source, { block: 'bye', path: ['text'], value: 'Bye' }))).toEqual([
      '-text: >-',
      '-A long',
      '-farewell',
      '+text: Bye',
    ]);
  });

  it('an exit that is wired, led elsewhere and unwired', () => {
    expect(diff(wireExit(source, { block: 'welcome', exit: 'send-error', target: 'end' }))).toEqual([
      '-exits: { timeout: bye } # nobody there',
      '+exits: { timeout: bye, send-error: end } # nobody there',
    ]);
    expect(diff(wireExit(source, { block: 'welcome', exit: 'timeout', target: 'end' }))).toEqual([
      '-exits: { timeout: bye } # nobody there',
      '+exits: { timeout: end } # nobody there',
    ]);
    expect(diff(wireExit(source, { block: 'welcome', exit: 'timeout', target: undefined }))).toEqual([
      '-exits: { timeout: bye } # nobody there',
    ]);
    expect(diff(wireExit(source, { block: 'bye', exit: 'send-error', target: 'end' }))).toEqual([
      '+exits: { send-error: end }',
    ]);
  });

  it('a block that is added, at its place', () => {
    const block = { 'set-variable': { x: 'a b' }, note: 'Why: because' };
    const result = addBlock(source, { id: 'set', block, after: 'welcome' });
    expect(diff(result)).toEqual(['+set:', '+set-variable: { x: a b }', `+note: 'Why: because'`]);
    expect(parseScenario(edited(result)).document?.blocks.map(({ id }) => id)).toEqual([
      'welcome',
      'set',
      'choose',
      'bye',
      'end',
    ]);
    expect(diff(addBlock(source, { id: 'last', block: { comment: 'x' } }))).toEqual(['+last:', '+comment: x']);
  });

  it('a block that is removed, if nothing leads there', () => {
    expect(diff(removeBlock(source, 'choose'))).toEqual([
      '-choose:',
      '-if:',
      `-- when: "$(item.message) contains 'x'" # odd`,
      '-go: welcome',
      '-- else: bye # the rest',
    ]);
    expect(removeBlock(source, 'bye')).toEqual({ problem: 'Lead these elsewhere first: welcome, choose.' });
  });

  it('a block that is renamed, everywhere', () => {
    expect(diff(renameBlock(source, { id: 'bye', to: 'farewell' }))).toEqual([
      '-exits: { timeout: bye } # nobody there',
      '-- else: bye # the rest',
      '-bye:',
      '+exits: { timeout: farewell } # nobody there',
      '+- else: farewell # the rest',
      '+farewell:',
    ]);
  });

  it('in JSON, and with other line ends', () => {
    const json = '{\n  "attendant": 2, "scenario": "x",\n  "blocks": { "a": { "exit": {} } }\n}\n';
    expect(edited(wireExit(json, { block: 'a', exit: 'x', target: 'b' }))).toBe(
      json.replace('{} }', '{}, "exits": {"x":"b"} }'),
    );
    expect(edited(addBlock(json, { id: 'b', block: { exit: {} } }))).toBe(
      json.replace('} } }', '} }, "b": {"exit":{}} }'),
    );
    const windows = 'attendant: 2\r\nscenario: x\r\nblocks:\r\n  a:\r\n    exit: {}\r\n';
    expect(edited(addBlock(windows, { id: 'b', block: { goto: 'a' } }))).toBe(`${windows}  b:\r\n    goto: a\r\n`);
    expect(edited(removeBlock(edited(addBlock(windows, { id: 'b', block: { goto: 'a' } })), 'b'))).toBe(windows);
  });

  it.each<[string, Edited]>([
    ['an unknown block', setField(source, { block: 'nobody', path: ['text'], value: 'x' })],
    ['a path that leads nowhere', setField(source, { block: 'welcome', path: ['text', 'b'], value: 'x' })],
    ['an id that is taken', addBlock(source, { id: 'bye', block: { exit: {} } })],
    ['a text that is not YAML', setField('a: [', { block: 'a', path: [], value: 'x' })],
  ])('but says why not for %s', (_what, result) => {
    expect(result).toHaveProperty('problem');
  });
});

const scalar = oneof(
  string(),
  string({ unit: 'grapheme' }),
  constantFrom(
    'yes',
    'a: b',
    '# x',
    "it's",
    '- a',
    '5',
    'null',
    ' x ',
    '*a',
    '&a',
    '{',
    'a\nb',
    '|',
    '',
    '~',
    '0x1f',
    'Ja',
  ),
);
const value: Arbitrary<JsonValue> = letrec<{ value: JsonValue }>((tie) => ({
  value: oneof(
    { maxDepth: 3 },
    scalar,
    constantFrom<JsonValue>(5, 0.5, true, null),
    array(tie('value'), { maxLength: 3 }),
    dictionary(
      scalar.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

const places = [
  ['scenario'],
  ['blocks', 'welcome', 'send-message', 'text'],
  ['blocks', 'welcome', 'send-message', 'wait'],
  ['blocks', 'welcome', 'exits'],
  ['blocks', 'choose', 'if', 0, 'when'],
  ['blocks', 'choose', 'if', 1],
  ['blocks', 'choose', 'if'],
  ['blocks', 'bye', 'title'],
  ['blocks', 'bye', 'send-message', 'text'],
  ['blocks', 'bye', 'send-message'],
  ['blocks', 'end', 'exit'],
  ['blocks', 'end'],
  ['blocks', 'end', 'note'],
  ['blocks', 'welcome', 'send-message', 'new'],
  ['title'],
] as const;

describe('Any value, set anywhere', () => {
  it('is read back as it is, and no comment outside of it is lost', () => {
    assert(
      property(constantFrom(...places), value, (path, wanted) => {
        const result = editSource(source, [{ kind: 'set', path, value: wanted }]);
        if ('problem' in result) throw new Error(`${result.problem} ${path.join('.')}: ${JSON.stringify(wanted)}`);
        const read = path.reduce<unknown>(
          (inner, step) => Object(inner)[step] as unknown,
          readSource(result.source).value,
        );
        expect(read).toEqual(wanted);
        for (const comment of ['# Greets.', '# of the language', '# First of all.', '# Then, for', '# The end.']) {
          expect(result.source).toContain(comment);
        }
        return true;
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('and removed again leaves the text as it was', () => {
    const path = constantFrom(
      ['blocks', 'end', 'note'],
      ['blocks', 'welcome', 'send-message', 'new'],
      ['blocks', 'x'],
      ['title'],
    );
    assert(
      property(tuple(path, value), ([place, added]) => {
        const result = editSource(source, [{ kind: 'add', path: place, value: added }]);
        if ('problem' in result) throw new Error(`${result.problem} ${place.join('.')}: ${JSON.stringify(added)}`);
        return edited(editSource(result.source, [{ kind: 'remove', path: place }])) === source;
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
