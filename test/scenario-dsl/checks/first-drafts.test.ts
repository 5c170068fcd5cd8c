import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';

const told = (blocks: string, head = ''): string[] =>
  checkSource(
    `attendant: 2\nscenario: t\ntimeZone: Europe/Vienna\n${head}blocks:\n${blocks.trim().replaceAll(/^/gm, '  ')}\n`,
  ).problems.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);

const call = (quickReplies: string): string =>
  `ask: { send-message: { text: Call?, quickReplies: ${quickReplies}, wait: { into: call } }, exits: { timeout: end } }`;
const failing = 'exits: { no-data: end, failed: end, timeout: end }';
const shows = `shows: { fetch-url: { url: "https://x.example/shows", into: shows }, ${failing} }`;

/** First drafts of hotel, library, pharmacy, box office and others: what was written, and what its author has to read. */
const slips: [what: string, blocks: string, told: string][] = [
  [
    'a filter behind a variable',
    `say: { send-message: { text: "Hello $(customer.firstName | upper)" } }`,
    'not-substituted: "upper" is a fallback here, which is said where $(customer.firstName) is empty, and changes nothing. Write $(upper(customer.firstName)).',
  ],
  [
    'a filter with an argument',
    `say: { send-message: { text: "Since $(item.startedAt|date:'d M')" } }`,
    `Write $(formatDate(item.startedAt, 'd MMMM')).`,
  ],
  [
    'thousands with a point',
    `km: { request-input: { text: Mileage?, type: number, into: km }, exits: { timeout: end, invalid: end } }
due: { if: [{ when: km >= 100.000, go: end }] }`,
    'not-substituted: 100.000 is 100: a point stands before what is less than one. Write 100000, or 100.',
  ],
  [
    'a name in braces in an address',
    `code: { request-input: { text: Postcode?, into: postcode }, exits: { timeout: end, invalid: end } }
get: { fetch-url: { url: "https://x.example/bins?at={postcode}" }, ${failing} }`,
    'not-substituted: "{postcode}" is said as it stands. Did you mean $(postcode)?',
  ],
  [
    'a name in two braces in an address',
    `get: { fetch-url: { url: "https://x.example/{{customer.id}}" }, ${failing} }`,
    'Did you mean $(customer.id)?',
  ],
  [
    'the length of a list that is calculated',
    `set: { set-variable: { n: 5 } }\nsay: { send-message: { text: "$(n.length)" } }`,
    'How many there are is $(count(n)).',
  ],
  [
    'a variable that the world does not have beside those that it has',
    `open: { business-hours: { hours: shop }, exits: { closed: end, failed: end } }
say: { send-message: { text: "Until $(hours.closesAt)" } }`,
    'There are $(hours.isOpen), $(hours.nextChangeAt).',
  ],
  [
    'the end of a name of the world',
    `say: { send-message: { text: "Hello $(customer.name)" } }`,
    'Did you mean "customer.firstName"?',
  ],
  [
    'tomorrow as a bound, told with its quotes',
    `day: { request-input: { text: Day?, type: date, min: tomorrow, into: day }, exits: { timeout: end, invalid: end } }`,
    'Write "$(addDays(today, 1))".',
  ],
  ['a sum of hours', `set: { set-variable: { at: '= addHours(now, 2)' } }`, 'addMinutes(now, 120)'],
  [
    'a prompt for a model',
    `bot: { ai-agent: { prompt: You help. }, exits: { hand-over: end, failed: end, timeout: end } }`,
    'Did you mean "instructions"?',
  ],
  ['a survey by its name', `rate: { survey: { name: short } }`, 'Did you mean "survey"?'],
  [
    'cards alone that are waited for',
    `${shows}\nshow: { send-message: { cards: { each: shows, title: $(each.title) }, wait: {} }, exits: { timeout: end } }`,
    'nothing is sent then, and it leads where "timeout" does.',
  ],
  [
    'thousands with commas in braces, which cut the number',
    `ask: { request-input: { text: Budget?, type: number, into: b, min: 5, max: 5,000,000 }, exits: { timeout: end, invalid: end } }`,
    `comma-in-braces: In { } a comma ends a value: "5,000,000" is cut at it. Write the number without it: 5000000; as a text in quotes: "5,000,000".`,
  ],
  ['a decimal comma in braces', `set: { set-variable: { price: 12,50 } }`, 'Write the number without it: 12.5;'],
  [
    'a duration that is missing',
    `find: { find-agent: { intervals: [{ minLevel: 5 }] } }`,
    'missing: "for" is missing. Add "for": 30s.',
  ],
  ['another word for a duration', `find: { find-agent: { intervals: [{ after: 30s }] } }`, 'Did you mean "for"?'],
  ['a pause in words', `wait: { wait: 10 minutes }`, 'Write wait: { for: 10m }.'],
  [
    'a body without its form',
    `post: { fetch-url: { url: "https://x.example", method: POST, body: { amount: 5, id: 7 } }, ${failing} }`,
    'Write body: { json: { amount: …, id: … } }.',
  ],
  [
    'more buttons than three',
    `say: { send-message: { text: a, buttons: [{ title: A }, { title: B }, { title: C }, { title: D }] } }`,
    '"quickReplies" can be 13',
  ],
  [
    'a text with a plus',
    `say: { send-message: { text: "Hello " + name } }`,
    `in one, with the variable in it: "Hello $(name)".`,
  ],
  [
    'a secret as a variable',
    `get: { fetch-url: { url: "https://x.example", headers: { X: 'Bearer $(secret.bank)' } }, ${failing} }`,
    'A secret is named, in "headers" or "auth" of a fetch-url: auth: { bearer: { secret: bank } }.',
  ],
  [
    'the field of a form as a variable',
    `ask: { request-input: { form: [{ name: street, text: Street? }] }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: "$(street)" } }`,
    'What was asked in the form is $(item.externalChatData.street), or $(street) where its field has into: street.',
  ],
  [
    'a case that is written smaller than what is tapped',
    `${call('[{ title: Ja }, { title: Nein }]')}
by: { switch: { variable: call, cases: { ja: end, Nein: end }, default: end } }`,
    `reply-is-title: Whoever taps "Ja" replies so, and "ja" is not that: letters count, and so does their case. Did you mean 'Ja'?`,
  ],
  [
    'a case that is written otherwise than what is tapped',
    `${call('[{ title: Passt }, { title: Ändern }]')}
by: { switch: { variable: call, cases: { Passt: end, Aendern: end }, default: end } }`,
    `Did you mean 'Ändern'?`,
  ],
  [
    'a condition that is written smaller than what is tapped',
    `${call('[{ title: Yes }]')}\nby: { if: [{ when: "$(call) == 'yes'", go: end }] }`,
    `Did you mean 'Yes'?`,
  ],
  [
    'a payload that differs from its title in the case of letters only',
    `${call('[{ title: Driver, payload: driver }]')}
by: { switch: { variable: call, cases: { driver: end }, default: end } }`,
    'Whoever taps "Driver" replies so: $(call) is that title, and not its payload "driver".',
  ],
];

describe('The author of a first draft is told', () => {
  it.each(slips)('%s', (_what, blocks, wanted) => {
    expect(told(blocks).join('\n')).toContain(wanted);
  });
});

it.each([
  'upper',
  'downcase',
  'titlecase',
  'strip',
  'date',
  'currency',
  'number_format',
  'round',
  'tojson',
  'escape',
  'size',
  'join',
])('What is told of the filter %s can be written so', (filter) => {
  const wrong = `say: { send-message: { text: "$(item.message|${filter})" } }`;
  const [, right = ''] = /Write (\$\(.*\))\.$/.exec(told(wrong).join('\n')) ?? [];
  expect(right).toContain('item.message');
  expect(
    told(`say: { send-message: { text: "${right}" } }`).filter((line) => !line.startsWith('type-mismatch')),
  ).toEqual([]);
});

describe('A first draft is not objected to for', () => {
  it('parts of an item that is taken out of a list', () => {
    expect(
      told(`${shows}
find: { set-variable: { show: "= first(filter(shows, each.id == 'a'))", second: $(shows.1) } }
say: { send-message: { text: "$(show.title) $(second.title)" } }`),
    ).toEqual([]);
    const inOneBlock = told(`${shows}
find: { set-variable: { show: "= first(shows)", total: "= show.price + 1", n: 5, m: = n.x + 1 } }
say: { send-message: { text: "$(total) $(m)" } }`);
    expect(inOneBlock.join()).toContain('$(n.x) is read here');
    expect(inOneBlock.join()).not.toContain('$(show.price)');
    expect(
      told(`set: { set-variable: { n: 5, t: Tea } }\nsay: { send-message: { text: "$(n.x) $(t.x)" } }`),
    ).toHaveLength(2);
  });

  it('cases that a customer may write by hand beside those that can be tapped', () => {
    expect(
      told(`${call('[{ title: Ja }, { title: Nein, payload: nein }]')}
by: { switch: { variable: call, cases: { Ja: end, ja: end, Nein: end, nein: end, Vielleicht: end }, default: end } }`),
    ).toEqual([]);
  });

  it('parts of files that a customer has sent', () => {
    expect(
      told(`ask: { request-input: { text: Photo?, type: file, into: photo }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: "$(photo.0.url)" } }`),
    ).toEqual([]);
  });

  it('a snippet that a block says which cannot be read yet', () => {
    const lines = told(`say: { send-message: { text: { snippet: hi }, wat: 1 } }`, 'snippets: { hi: Hello }\n');
    expect(lines.map((line) => line.split(':', 1)[0])).toEqual(['unknown-key']);
  });

  it('what only looks like one of those slips', () => {
    expect(
      told(`say: { send-message: { text: "Hi $(customer.firstName|you), $(customer.lastName|date of birth)" } }
get: { fetch-url: { url: "https://x.example/{id}?a=%7Bb%7D&c=<d>" }, ${failing} }
set: { set-variable: { a: '= 1.500 * 2', b: 'From 100.000 on', c: "= round(2.25)" } }`),
    ).toEqual([]);
  });
});
