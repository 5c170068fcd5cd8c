import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** What businesses ask for, written from the documents. */
describe.each([
  'telecom',
  'clinic',
  'insurer',
  'restaurant',
  'airline',
  'bank',
  'gym',
  'courier',
  'hotel',
  'library',
  'box-office',
])('The scenario of a business, %s,', (name) => {
  const source = read(`${name}.yaml`);
  const { document } = parseScenario(source);
  const tests = readTestFile(read(`${name}.test.yaml`));
  if (!document || 'problems' in tests) throw new Error(JSON.stringify([parseScenario(source).problems, tests]));

  it('is not objected to', () => {
    expect(checkSource(source).problems).toEqual([]);
  });

  it('does what its tests say', () => {
    const outcomes = runTests(document, tests.file);
    expect(outcomes.flatMap(({ name: test, failure }) => (failure ? [test, ...failure.lines] : []))).toEqual([]);
  });

  it('withstands random customers, agents and faults', () => {
    expect(fuzzScenario(document, { runs: 100, seed: 1 })).toBeUndefined();
  });
});

/** Slips of a first draft: what stands there, what was written instead, and what has to be told. */
const slips: [scenario: string, right: string, wrong: string, told: string][] = [
  [
    'gym',
    'variable: item.payload',
    'variable: plan',
    'reply-is-title: Whoever taps "Take Basic" replies so: $(plan) is that title, and not its payload "basic".',
  ],
  ['gym', 'variable: item.payload', 'variable: $(item.payload)', 'Write item.payload, without $().'],
  [
    'courier',
    'exits: { failed: agent, no-data: agent, timeout: agent }',
    'exits: { failed: agent, timeout: agent }',
    'Lead the exit "no-data" of "lookup", by which nothing sets it, elsewhere, or write what to say without it: $(found.status|…).',
  ],
  [
    'courier',
    'into: found',
    'into: { status: found.status }',
    'Write into: answer, and read what is in it as $(answer.number).',
  ],
  [
    'courier',
    'value: en }, { title: Deutsch, value: de }]',
    'payload: en }, { title: Deutsch, payload: de }]',
    'Did you mean "value"?',
  ],
  [
    'telecom',
    'phone is not empty',
    'fone is not empty',
    "unknown-variable: $(fone) is not a variable of the world, and no block sets it. For text write it in quotes: 'fone'. For a variable, set it first.",
  ],
  ['telecom', 'next: talk\n', 'next: talkk\n', 'There is no block "talkk". Did you mean "talk"?'],
  ['telecom', 'snippet: busy }', 'snippet: buzy }', 'There is no snippet "buzy". Did you mean "busy"?'],
  ['telecom', 'timeout: 8s', 'timeout: 8', '8 is not a duration. Write it with its unit: 8s, or 8m for minutes.'],
  ['telecom', 'timeout: 1m', 'timeout: 1 min', '"1 min" is not a duration. Write 1m.'],
  [
    'telecom',
    'text: What is your phone number?',
    'text: Your phone: please?',
    'bad-yaml: Not YAML: Nested mappings are not allowed in compact mappings A text with ": " in it stands in quotes: "Your phone: please?".',
  ],
  [
    'telecom',
    '$(customer.firstName|there)',
    '{{customer.firstName}}',
    '"{{customer.firstName}}" is said as it stands. Did you mean $(customer.firstName)?',
  ],
  [
    'telecom',
    '$(customer.firstName|there)',
    '${customer.firstName}',
    '"${customer.firstName}" is said as it stands. Did you mean $(customer.firstName)?',
  ],
  [
    'telecom',
    '$(customer.firstName|there)',
    '$(customer.firstname|there)',
    '$(customer.firstname) is not a variable of the world, and no block sets it. Did you mean "customer.firstName"?',
  ],
  [
    'telecom',
    "'= filter(bills.items, not each.paid)'",
    "'filter(bills.items, not each.paid)'",
    'not-substituted: "filter(bills.items, not each.paid)" is text, and is not calculated. For an expression begin with "=": \'= filter(bills.items, not each.paid)\'.',
  ],
  [
    'telecom',
    "sum(map(open, each.amount))'",
    "summe(map(open, each.amount))'",
    'There is no function "summe". Did you mean "sum"?',
  ],
  ['telecom', 'count(open) == 0', 'count(open) = 0', '"=" cannot stand here. Write == to compare.'],
  [
    'telecom',
    'count(open) == 0',
    'open.length == 0',
    'variable-not-set: $(open.length) is read here, but not set on the way hello → who → ask-number → menu → route → bills → open-bills → any-open. How many there are is $(count(open)).',
  ],
  [
    'telecom',
    'skills: [sales]',
    'skills: sales',
    '"skills" must be a list, not the text "sales". Write skills: [sales].',
  ],
  ['telecom', 'skills: [sales]', 'skill: [sales]', '"skill" is not known here. Did you mean "skills"?'],
  ['telecom', 'before: 2h', 'before: 2', '2 is not a duration. Write it with its unit: 2s, or 2m for minutes.'],
  [
    'telecom',
    'before: 2h',
    'before: 30h',
    'Messenger’s window is open for 24h: 30h before it closes it was not open yet. Write less than 24h: before: 2h.',
  ],
  [
    'telecom',
    'event: window-closing',
    'event: window-closes',
    '"event" must be window-closing, not the text "window-closes". Did you mean "window-closing"?',
  ],
  [
    'telecom',
    'title: Pay now, payload: pay',
    'title: Pay my open bills right now, payload: pay',
    'The title can have 27 characters; Messenger shows 20: "Pay my open bills ri". Bring it to 20 characters.',
  ],
  [
    'telecom',
    'cases: { pay: pay }',
    'cases: { payy: pay }',
    'No button or quick reply here gives the payload "payy", and "pay" is no case. Did you mean "pay"?',
  ],
  ['telecom', "'d. MMMM'", "'D. MMMM'", '"D" is no part of a date here, and is said as it stands. Write d. MMMM.'],
  ['telecom', "'EUR'", "'EURO'", '"EURO" is no code of a currency. Write it as in \'EUR\'.'],
  [
    'telecom',
    'timeZone: Europe/Vienna',
    'timeZone: Vienna',
    'There is no time zone "Vienna". Did you mean "Europe/Vienna"?',
  ],
  [
    'telecom',
    'bills.items',
    'bils.items',
    "variable-not-set: $(bils.items) is read here, but not set on the way hello → who → ask-number → menu → route → bills → open-bills. For text write it in quotes: 'bils.items'. For a variable, set it first.",
  ],
  [
    'telecom',
    'https://network',
    'http://network',
    'Plain http is refused: this takes "failed" always, unless an operator allows the host (ATTENDANT_PRIVATE_HOSTS). Write https.',
  ],
  ['clinic', 'de: Ihr Name?', 'du: Ihr Name?', 'missing-language: The text is missing in de. Add de: ….'],
  ['clinic', ', de: Ihr Name?', '', 'missing-language: The text is missing in de. Add de: ….'],
  [
    'clinic',
    'lang|en',
    'lnag|en',
    'unknown-variable: $(lnag) chooses the language, and no block sets it. Set it where the customer chooses, or take what the world says: $(item.referral.ref|en).',
  ],
  [
    'clinic',
    'type: date,',
    'type: dat,',
    '"type" must be text or email or phone or number or date or choice or rating or file or location, not the text "dat". Did you mean "date"?',
  ],
  [
    'clinic',
    'max: today',
    'max: tomorow',
    'variable-not-set: $(tomorow) is read here, but not set on the way language → hello → details. Set it on that way, or write what to say without it: $(tomorow|…).',
  ],
  [
    'clinic',
    "what == 'pain'",
    'what == pain',
    "variable-not-set: $(pain) is read here, but not set on the way language → hello → details → child → what → urgent. For text write it in quotes: 'pain'. For a variable, set it first.",
  ],
  ['clinic', "what == 'pain'", "what == 'pains'", "Text is never equal to the text 'pains'. Did you mean 'pain'?"],
  [
    'clinic',
    'each: slots.free',
    "each: '$(slots.free|)x'",
    '"$(slots.free|)x" is no list. Write the name of a variable, or = and an expression: each: slots, each: "= filter(slots, ',
  ],
  ['clinic', 'secret: clinic-token', 'token: clinic-token', 'missing: "secret" is missing. Add "secret": text.'],
  [
    'clinic',
    '{ secret: clinic-token }',
    'Bearer abcdef0123456789',
    'This looks like a secret, and stands here for everybody who reads the scenario or its histories. Name it: { secret: <name> } in "headers" or "auth", with a document "kind: secret" in the ',
  ],
  [
    'clinic',
    'number is $(booking.number).',
    'number is $(boking.number).',
    'variable-not-set: $(boking.number) is read here, but not set on the way language → hello → details → child → what → urgent → slots → any-free → choose → book → booked. Set it on that way, or write what to say without it: $(boking.number|…).',
  ],
  [
    'clinic',
    'intervals: [{ for: 1m,',
    'intervals: [{ for: 1,',
    '1 is not a duration. Write it with its unit: 1s, or 1m for minutes.',
  ],
  ['clinic', 'priority: 90', 'priority: 900', '"priority" must be 0 to 100, not 900. Bring it to 0 to 100.'],
  ['clinic', 'priority: 90', 'priority: high', '"priority" must be 0 to 100, not high. Bring it to 0 to 100.'],
  [
    'clinic',
    'skills: [children]',
    'skills: [children',
    'bad-yaml: Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] A [ before is not closed: write ] where its list ends.',
  ],
  [
    'clinic',
    'no-answer: people',
    'no-anwser: people',
    'This connect-chat has no exit "no-anwser". Did you mean "no-answer"?',
  ],
  [
    'clinic',
    'exits: { failed: people, no-data: people, timeout: people }\n  booked',
    'exits: { failed: people, no-data: people, timeout: people, next: people }\n  booked',
    'This fetch-url has no exit "next". Use one of: failed, no-data, timeout.',
  ],
  ['insurer', 'catch: failed', 'catch: faild', 'There is no block "faild". Did you mean "failed"?'],
  [
    'insurer',
    '$(addMonths(today, -12))',
    'addMonths(today, -12)',
    '"addMonths(today, -12)" is not a date. Write today, a date such as 2026-12-24, or an expression: "$(addDays(today, 60))".',
  ],
  [
    'insurer',
    '$(addMonths(today, -12))',
    '$(addMonth(today, -12))',
    'There is no function "addMonth". Did you mean "addMonths"?',
  ],
  [
    'insurer',
    "photos: '= []'",
    'photos: []',
    '"photos" must be text, a number, true or false, not a list. A list is an expression: "= []".',
  ],
  [
    'insurer',
    '"= map(photos, \'url\')"',
    '"= map(photos, url)"',
    "variable-not-set: $(url) is read here, but not set on the way guard → hello → policy → look-up → active → kind → theft → when → what → photos → count-photos. For text write it in quotes: 'url'. For a variable, set it first.",
  ],
  [
    'insurer',
    'algorithm: sha256',
    'algorithm: sha-256',
    '"algorithm" must be sha1 or sha256 or sha512, not the text "sha-256". Did you mean "sha256"?',
  ],
  [
    'insurer',
    "$(money(sum, 'GBP'))",
    '$(money(sum, GBP))',
    "variable-not-set: $(GBP) is read here, but not set on the way guard → hello → policy → look-up → active → kind → … → what → photos → count-photos → sum → file → filed. For text write it in quotes: 'GBP'. For a variable, set it first.",
  ],
  [
    'insurer',
    "$(money(sum, 'GBP'))",
    "$(money(sum 'GBP'))",
    'Expected "," or ")", found "\'GBP\'". Write $(name), $(name.part) or $(name|fallback); for the characters "$(" themselves write ',
  ],
  ['insurer', 'lastAgentWithin: 1d', 'lastAgentWithin: 1 day', '"1 day" is not a duration. Write 1d.'],
  [
    'insurer',
    'count: 1',
    'count: 1x',
    '"count" must be a number, not the text "1x". Write a number without quotes: count: 1.',
  ],
  [
    'restaurant',
    'payload: table',
    'payload: tabel',
    'No button or quick reply here gives the payload "table", and "tabel" is no case. Did you mean "tabel"?',
  ],
  ['restaurant', 'not: [mon]', 'not: [monday]', '"monday" is neither a day of the week nor a date. Write mon.'],
  ['restaurant', "'= append(cart,", "'= apend(cart,", 'There is no function "apend". Did you mean "append"?'],
  ['restaurant', 'each.id == dish', 'each.id = dish', '"=" cannot stand here. Write == to compare.'],
  [
    'restaurant',
    'each.id == dish',
    'id == dish',
    "unknown-variable: $(id) is not a variable of the world, and no block sets it. For text write it in quotes: 'id'. For a variable, set it first.",
  ],
  [
    'restaurant',
    "'= addMinutes(order.readyAt, -5)'",
    "'addMinutes(order.readyAt, -5)'",
    '"addMinutes(order.readyAt, -5)" is no moment. Write a moment: 2026-12-24T09:00, in the scenario’s time zone where it names no offset, or',
  ],
  [
    'restaurant',
    'en: Order',
    'en: Order: now',
    'bad-yaml: Not YAML: Block collections are not allowed within flow collections A text with ": " in it stands in quotes: "Order: now".',
  ],
  [
    'restaurant',
    "wish contains-any ['table'",
    "wish contains any ['table'",
    'bad-condition: Expected "and", "or" or the end, found "[". Compare as in: $(question) contains \'invoice\' and $(age|0) >= 18.',
  ],
  [
    'restaurant',
    'method: POST, into: table',
    'method: post, into: table',
    '"method" must be GET or HEAD or POST or PUT or PATCH or DELETE or OPTIONS, not the text "post". Did you mean "POST"?',
  ],
  [
    'restaurant',
    'type: number',
    'type: integer',
    '"type" must be text or email or phone or number or date or choice or rating or file or location, not the text "integer". Did you mean "number"?',
  ],
  ['restaurant', 'default: read', 'else: read', '"else" is not known here. Did you mean "default"?'],
  [
    'restaurant',
    'title: $(each.name)',
    'title: $(dish.name)',
    'variable-not-set: $(dish.name) is read here, but not set on the way hello → wish → start-cart → dishes → dish. Set it on that way, or write what to say without it: $(dish.name|…).',
  ],
  ['restaurant', 'title: $(each.name)', 'title: $each.name', 'not-substituted'],
  ['insurer', '            hello,', '            helo,', 'There is no block "helo". Did you mean "hello"?'],
  ['insurer', 'min: 1,', 'min: one,', 'Of a number "min" is a number. Write min: 1.'],
  [
    'insurer',
    '$(found.endsOn|) is not empty',
    '$(found.endsOn|) is not empti',
    'Expected "empty" after "is", found "empti". Write $(found.endsOn|) != \'empti\'.',
  ],
  [
    'airline',
    '      into: code\n',
    "      into: code\n      pattern: '^[A-Z0-9]{6}$'\n",
    '"pattern" is not known here. An If behind it asks for a pattern, and leads back: { when: "$(code) not matches',
  ],
  [
    'airline',
    "type: choice\n      choices: [{ title: { en: 'Yes'",
    "type: yes-no\n      choices: [{ title: { en: 'Yes'",
    'not the text "yes-no". Write type: choice with choices: [{ title: "Yes" }, { title: "No" }]',
  ],
  ['airline', 'except: [human]', 'except: [find]', 'There is no block "find". Use one of: language, hello, code,'],
  [
    'airline',
    'no-data: no-offers, timeout: technical',
    'no-data: no-offers',
    'default-of-two-kinds: By "defaults" a customer who waits here, while this fetch-url takes too long, goes on at "goodbye"',
  ],
  ['airline', 'more: { en: More…, de: Mehr… }', 'more: More…', 'This is said in one language only. Write it in each'],
  [
    'airline',
    "'= filter(booking.legs, each.departsAt after now)'",
    "'= filter(booking.legs, each.departsAt after now())'",
    'There is no function "now". It is a variable, without parentheses: $(now).',
  ],
  [
    'bank',
    "'Yes, block it'",
    'Yes, block it',
    'In { } a comma ends a text without quotes: "Yes, block it" is cut at it. Put the text in quotes: "Yes, block it".',
  ],
  [
    'bank',
    "'^[0-9]{4}$'",
    String.raw`'^\d{4}$'`,
    'bad-yaml: Not YAML: Invalid escape sequence \\d In double quotes \\ begins an escape: write \\\\, or take single quotes.',
  ],
  ['bank', '      body: { json: { reason: lost } }\n', '', 'There is no body to sign. Write "body", or remove "sign".'],
  [
    'bank',
    'except: [identify, born, last4, sure]',
    'except: [block-now, identify, born, last4, sure]',
    'unused-except: "block-now" does not listen to the customer: no rule holds there anyway.',
  ],
  [
    'bank',
    "request-input: { text: 'Your customer number?', into: number,",
    "collect: { questions: [{ text: 'Your customer number?' }], into: number,",
    '"questions" is not known here. A question of your own is a Request Input, one block for each',
  ],
];

describe('A slip in a first draft is told', () => {
  it.each(slips)('%s: %s, written as %s', (...[name, right, wrong, told]) => {
    const source = read(`${name}.yaml`);
    const slipped = source.replace(right, () => wrong);
    expect(slipped).not.toBe(source);
    const lines = checkSource(slipped).problems.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
    expect(lines).toEqual(expect.arrayContaining([expect.stringContaining(told)]));
  });
});
