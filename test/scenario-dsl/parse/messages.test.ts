import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';

/** Line, message and remedy of everything that is told of blocks, one a line; `end` is there. */
function told(blocks: string): string[] {
  const indented = blocks.trim().replaceAll(/^(?=.)/gm, '  ');
  const { problems } = checkSource(`attendant: 2\nscenario: s\nblocks:\n${indented}\n  end: { exit: {} }\n`);
  return problems.map(({ message, remedy }) => `${message} → ${remedy}`);
}

describe('A message names the author’s word and an example that works:', () => {
  it.each([
    [
      'a: { send-message: Hello }',
      '"send-message" must be a map, not the text "Hello". → Write send-message: { text: Hello }.',
    ],
    [
      'a: { start-another-scenario: survey }',
      '"start-another-scenario" must be a map, not the text "survey". → Write start-another-scenario: { scenario: survey }.',
    ],
    [
      'a: { send-message: { text: t, quickReplies: [Yes, No] } }',
      '"quickReplies[0]" must be a map, not the text "Yes". → Write { title: Yes }.',
    ],
    [
      'a: { request-input: { text: t, into: x, type: choice, choices: ["Yes, please"] } }',
      '"choices[0]" must be a map, not the text "Yes, please". → Write { title: "Yes, please" }.',
    ],
    ['a: { send-message: { text: t, wait: true } }', '"wait" must be a map, not true. → Write wait: {}.'],
    [
      'a: { send-message: { text: t, wait: 5m } }',
      '"wait" must be a map, not the text "5m". → Write wait: { timeout: 5m }.',
    ],
    [
      String.raw`a: { if: [{ when: "$(item.message) matches '^(agent|human)\b'", go: end }] }`,
      String.raw`The pattern holds a backspace: that is how YAML reads \b in double quotes. → Write \\b there, or take single quotes around the text.`,
    ],
    [
      String.raw`a: { send-message: { text: "Hi\0there" } }`,
      'The text holds a NUL character (behind "Hi"). → Take it out: no text can hold it.',
    ],
    [
      String.raw`a: { set-variable: { mood: "great \uD83D" } }`,
      String.raw`The text holds half a character, \uD83D (behind "great "). → Write the whole character, 😀 or \U0001F600 in double quotes, or take it out.`,
    ],
    [
      'a: &x { exit: {} }\nb: { <<: *x }',
      '"<<" cannot be a key. → Write out what is to stand here: YAML’s merge keys are not read.',
    ],
    [
      'a: { email: { to: office@school.example, subject: s, text: t } }',
      '"to" must be a list, not the text "office@school.example". → Write to: ["office@school.example"].',
    ],
    [
      'a: { request-input: { text: OK?, type: yes-no, into: ok } }',
      '"type" must be text or email or phone or number or date or choice or rating or file or location, not the text "yes-no". → ' +
        `Write type: choice with choices: [{ title: "Yes" }, { title: "No" }], and ask behind it: $(ok) == 'Yes'.`,
    ],
    [
      'a: { fetch-url: { url: "https://a.example/", into: { number: claim.number } } }',
      '"into" must be text, not a map. → Write into: answer, and read what is in it as $(answer.number).',
    ],
    ['a: { wait: 10 }', '"wait" must be a map, not 10. → Write wait: { for: 10s }.'],
    [
      'a: { find-agent: { skills: support } }',
      '"skills" must be a list, not the text "support". → Write skills: [support].',
    ],
    [
      'a: { find-agent: { skills: { support: 50 } } }',
      '"skills" must be a list, not a map. → Write skills: [support].',
    ],
    [
      'a: { find-agent: { intervals: [60s] } }',
      '"intervals[0]" must be a map, not the text "60s". → Write { for: 60s }.',
    ],
    [
      'a: { find-agent: { timeout: 120 } }',
      '120 is not a duration. → Write it with its unit: 120s, or 120m for minutes.',
    ],
    ['a: { goto: { block: end } }', '"goto" must be text, not a map. → Write goto: end.'],
    ['a: { if: { when: "true", go: end } }', '"if" must be a list, not a map. → Write if: [{ … }].'],
    [
      'a: { exception-handler: { try: { hi: {} }, catch: end } }',
      '"try" must be a list, not a map. → Write try: [hi].',
    ],
    [
      'a: { set-variable: { order: { id: 1, name: x } } }',
      '"order" must be text, a number, true or false, not a map. → Set the parts one by one: order.id: …, order.name: ….',
    ],
    [
      'a: { set-variable: { list: [1, 2] } }',
      '"list" must be text, a number, true or false, not a list. → A list is an expression: "= [1,2]".',
    ],
    [
      'a: { business-hours: { open: [{ days: [Monday], from: "09:00", to: "17:00" }] } }',
      '"days[0]" must be mon or tue or wed or thu or fri or sat or sun, not the text "Monday". → Did you mean "mon"?',
    ],
    [
      'a: { business-hours: { open: [{ days: [mon], from: "9:00", to: "17:00" }] } }',
      '"9:00" is not a time of day. → Write hours and minutes: "09:00".',
    ],
    [
      'a: { business-hours: { open: [{ days: [mon], from: "09:00", to: "17:00" }], closedOn: ["24.12.2026"] } }',
      '"24.12.2026" is not a date. → Write year, month and day: "2026-12-24".',
    ],
    [
      'a: { business-hours: { open: [{ days: [mon], from: "09:00", to: "17:00" }], timeZone: Europe/Berln } }',
      'There is no time zone "Europe/Berln". → Did you mean "Europe/Berlin"?',
    ],
    ['a: { request-input: { text: t, into: x, type: integer } }', /Did you mean "number"\?$/],
    ['a: { request-input: { text: t, variable: x } }', '"variable" is not known here. → Did you mean "into"?'],
    [
      'a: { send-message: { text: t, into: x } }',
      '"into" is not known here. → It belongs into "wait": wait: { into: … }.',
    ],
    [
      'a: { send-message: { text: t, exits: { send-error: end } } }',
      '"exits" is not known here. → Put "exits" beside "send-message", not into it.',
    ],
    [
      'a: { find-agent: {}, timeout: 5m }',
      '"timeout" is not known here. → Put it into "find-agent": find-agent: { timeout: … }.',
    ],
    [
      'a: { send-message: { text: t }, exits: { timeout: end } }',
      'This send-message has no exit "timeout". → It has that exit only with wait: {}.',
    ],
    [
      'a: { send-message: { text: t, wait: {} }, exits: { file-received: end } }',
      'This send-message has no exit "file-received". → It has that exit only with wait: { files: <variable> }.',
    ],
    [
      'a: { fetch-url: { url: "https://x.test" }, exits: { error: end } }',
      'This fetch-url has no exit "error". → Did you mean "failed"?',
    ],
    [
      'a: { send-message: { text: t }, exit: { send-error: end } }',
      '"exit" is not known here. → Did you mean "exits"?',
    ],
    [
      'a: { switch: { variable: $(item.payload), cases: { x: end } } }',
      '"$(item.payload)" is not a variable name. → Write item.payload, without $().',
    ],
    ['a: { set-priority: { priority: 500 } }', '"priority" must be 0 to 100, not 500. → Bring it to 0 to 100.'],
    [
      'Ask_Name: { exit: {} }',
      '"Ask_Name" is not a block id. → Write ask-name: small letters, digits and single hyphens, with a letter first.',
    ],
    [
      'a: { send-message: { text: Hello, how are you? } }',
      'In { } a comma ends a text without quotes: "Hello, how are you?" is cut at it. → Put the text in quotes: "Hello, how are you?".',
    ],
    [
      'a: { fetch-url: { url: https://x.test, params: { to: $(addDays(item.at, 14)) } } }',
      /Put the text in quotes: "\$\(addDays\(item\.at, 14\)\)"\.$/,
    ],
    ['a: { goto: nowhere }', 'There is no block "nowhere". → Use one of: a, end, return.'],
    [
      'a: { send-message: { text: "Hello {{name}}" } }',
      '"{{name}}" is said as it stands. → Did you mean $(customer.firstName)?',
    ],
    [
      "a: { send-message: { text: Time: ten o'clock } }",
      /A text with ": " in it stands in quotes: "Time: ten o'clock"\.$/,
    ],
    ['a: { send-message: { text: "He said "hi"" } }', /A text with " in it stands in single quotes: 'He said "hi"'\.$/],
  ])('%s', (blocks, line) => {
    expect(told(blocks)).toContainEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  });

  it('and a variable that is nearly written so', () => {
    const [problem] = told(
      'a: { send-message: { text: "Name?", wait: { into: name } }, exits: { timeout: end } }\nb: { send-message: { text: "Hi $(nam)" } }',
    );
    expect(problem).toMatch(/Did you mean \$\(name\)\?$/);
  });
});

describe('A file that is none, or is written as another tool would have it, is told what to write:', () => {
  const head = 'attendant: 2\nscenario: s\nblocks:\n';

  it.each([
    ['nothing', '', 'The file must be a map, not nothing. → Begin with keys, each with a colon'],
    ['a word', 'hello', 'The file must be a map, not the text "hello". → Begin with keys, each with a colon'],
    [
      'wide colons',
      'attendant： 2\nscenario： x',
      '→ Write ": ", a colon and a space, behind each key: "：" is another sign.',
    ],
    [
      'a type beside its block',
      `${head}  a:\n  send-message: { text: Hi }`,
      'A block is a map. → Write its type below it, two spaces further right than "a": send-message',
    ],
    [
      'blocks that are not indented',
      `${head}a:\n  exit: {}`,
      '"blocks" must be a map, not nothing. → Write {} after "blocks", or what belongs to it below, two spaces further right.',
    ],
    [
      'a list of blocks',
      `${head}  - id: a\n    exit: {}`,
      '"blocks" must be a map, not a list. → Write each block under its id, without hyphens: hello: { send-message: { text: Hello } }.',
    ],
    [
      'spaces that do not break',
      `${head}\u00A0\u00A0a: { exit: {} }`,
      '→ It begins with a space of another kind, no-break or wide: indent with ordinary spaces.',
    ],
    [
      'two documents',
      `${head}  a: { exit: {} }\n---\nb: 1`,
      'Not YAML: Source contains multiple documents → A file holds one scenario',
    ],
    [
      'exits as a list',
      `${head}  a: { send-message: { text: Hi, wait: {} }, exits: [timeout] }`,
      '"exits" must be a map, not a list. → Write exits: { timeout: … }.',
    ],
    [
      'results as a word',
      `results: outcome\n${head}  a: { exit: {} }`,
      '"results" must be names, or names with their types, not the text "outcome".',
    ],
    [
      'a language in capital letters',
      `languages: [EN, de_at, german]\n${head}  a: { exit: {} }`,
      [
        '"EN" is not the code of a language. → Write en.',
        '"de_at" is not the code of a language. → Write de-AT.',
        '"german" is not the code of a language. → Write de.',
      ],
    ],
    [
      'a duration of two units',
      `${head}  a: { wait: { for: 1h30m } }\n  b: { wait: { for: 2 hours } }`,
      ['"1h30m" is not a duration. → Write 90m: one number, one unit.', '"2 hours" is not a duration. → Write 2h.'],
    ],
    [
      'three compared',
      `${head}  a: { if: [{ when: a == b == c, go: end }] }`,
      '→ Write two comparisons with "and" between them: a == b and b == …',
    ],
    [
      'between',
      `${head}  a: { if: [{ when: a between 1 and 2, go: end }] }`,
      '→ Write two comparisons with "and" between them: $(age) >= 18 and $(age) < 65.',
    ],
    [
      'a snippet by @',
      `snippets: { hello: Hi }\n${head}  a: { send-message: { text: "@hello" } }`,
      '"@hello" is said as it stands, and there is a snippet of that name. → Write { snippet: hello }.',
    ],
    [
      'names of the world',
      `inputs: { item: text }\n${head}  a: { set-variable: { today: x } }`,
      [
        '$(item) is the world’s: what is set here stands in its place, and what else reads it goes wrong. → Choose another name: item.note.',
        '→ Choose another name: my-today.',
      ],
    ],
  ])('%s', (_what, text, lines) => {
    const all = checkSource(text).problems.map(({ message, remedy }) => `${message} → ${remedy}`);
    for (const line of [lines].flat()) expect(all).toContainEqual(expect.stringContaining(line));
  });

  it('what is nested too deep, where that is', () => {
    const [problem] = checkSource(
      `${head}  a:\n    fetch-url: { url: https://x.test, body: { json: ${'{ a: '.repeat(25)}1${' }'.repeat(25)} } }`,
    ).problems;
    expect(problem).toMatchObject({ code: 'too-large', line: 5, column: 143 });
  });
});

/** Counts up to a number, round after round. */
const loop = (most: number): string =>
  `a: { set-variable: { n: 0 } }\nb: { set-variable: { n: "= n + 1" } }\nc: { if: [{ when: n < ${most}, go: b }] }`;

describe('A loop that a counter ends', () => {
  it('is told where it ends too late, with how far it may count', () => {
    expect(told(loop(499))).toEqual([]);
    expect(told(loop(1_000_000))).toEqual([
      'The loop b → c → b can go round 1000001 times without waiting for anybody: after 1000 blocks the conversation fails. → Let it count to 499 at most, or work on whole lists: map, filter, sum.',
    ]);
  });
});

describe('Everything is told at once:', () => {
  it('what is wrong in a block whose type is misspelt, or that has two', () => {
    const all = told(
      'a: { send-mesage: { txt: Hello } }\nb: { send-message: { txt: x }, exit: { timeout: end } }\nc: { send-message: { texd: a }, wait: { fort: 1s } }',
    );
    expect(all.filter((line) => line.includes('is not known here'))).toHaveLength(5);
    expect(all.filter((line) => line.includes('holds nothing'))).toEqual([]);
  });

  it('a branch with another word for "go" is one mistake', () => {
    expect(told('a: { if: [{ when: "true", goto: end }] }')).toEqual([
      '"goto" is not known here. → Did you mean "go"?',
    ]);
  });

  it('texts that are too long and look-alikes in blocks beside one that cannot be read', () => {
    const all = told(
      `a: { send-message: { text: "${'x'.repeat(2001)}" } }\nb: { send-message: { text: "${'x'.repeat(641)}", buttons: [{ title: "${'t'.repeat(21)}" }] } }\nc: { send-message: { text: "{{name}}" } }`,
    );
    expect(all.map((line) => line.split(' → ')[0])).toEqual([
      'The text has 2001 characters; Messenger takes 2000.',
      expect.stringContaining('641'),
      expect.stringContaining('21'),
      '"{{name}}" is said as it stands.',
    ]);
  });
});
