import type { Pair } from './block-pairs.ts';

const said = (text: string): string => `a: { send-message: { text: ${JSON.stringify(text)} } }`;
const set = (value: string): string =>
  `s: { set-variable: { x: 1, y: 2, z: ${JSON.stringify(value)} } }\na: { send-message: { text: "$(z)" } }`;

function textPair(trips: string, nearMiss: string, place = said): Pair {
  return {
    check: 'texts-are-meant',
    outcome: 'warned not-substituted',
    trips: place(trips),
    nearMiss: place(nearMiss),
  };
}

function wayPair(code: string, trips: string, nearMiss: string): Pair {
  return { check: 'ways-are-meant', outcome: `warned ${code}`, trips, nearMiss };
}

function fieldPair(outcome: string, trips: string, nearMiss: string): Pair {
  return { check: 'fields-are-meant', outcome, trips, nearMiss };
}

const ask =
  'ask: { send-message: { text: "Sales or support?", quickReplies: [{ title: Sales }, { title: Support }], wait: { into: t } }, exits: { timeout: end } }';
const teams =
  'sales: { send-message: { text: Sales it is. } }\nsupport: { send-message: { text: Support it is. } }\nend: { exit: {} }';
const apart =
  'sales: { send-message: { text: Sales it is. } }\nsales-end: { goto: end }\nsupport: { send-message: { text: Support it is. } }\nend: { exit: {} }';
const which = (rest: string): string =>
  `which: { if: [{ when: "$(t) == 'Sales'", go: sales }, { when: "$(t) == 'Support'", go: support }${rest}] }`;
const fetched = (fields: string): string => `a: { fetch-url: { ${fields} } }\nb: { exit: {} }`;
const found = 'talk: { connect-chat: {}, exits: { no-answer: end } }\nend: { exit: {} }';
const search = (fields: string): string =>
  `find: { find-agent: { ${fields} }, exits: { no-agents: end, timeout: end, queue-limit: end } }\n${found}`;

/** What is allowed, and hardly what its author means. */
export const slipPairs: Readonly<Record<string, Pair>> = {
  'a substitution of Typebot': textPair('Hello {{customer.firstName}}', 'Hello $(customer.firstName|) {or not}'),
  'a substitution of JavaScript': textPair('Hello ${customer.firstName}', 'That is $5, or 5$'),
  'a substitution of Ruby': textPair('Hello #{customer.firstName}', 'You are #1 {really}'),
  'a substitution of Windows': textPair('Hello %name%', '50% off and 20% more, 100%safe'),
  'a substitution in single braces': textPair('Hello {customer.firstName}', 'Hello {stranger}'),
  'a substitution without parentheses': textPair('Hello $customer.firstName', 'Hello $stranger, $5'),
  'a substitution in angle brackets': textPair('Hello <customer.firstName>', 'a <b> c'),
  'a substitution with a space': textPair('Hello $ (customer.firstName)', 'That is 5 $ (five)'),
  'a fallback with parentheses': textPair(
    'Hello $(customer.firstName|(stranger))',
    'Hello ($(customer.firstName|stranger))',
  ),
  'an expression in a text': textPair('= $(item.message)', '=> $(item.message)'),
  'a sum in a value': textPair('$(x) + 1', '$(x) and 1', set),
  'a product in a value': textPair('$(x) * $(y)', '$(x) - $(y)', set),
  'a difference in a value': textPair('$(x) - 1', '$(x)-1', set),
  'a comparison in a value': textPair('$(x) >= 3', '>= $(x)', set),
  'a function in a value': textPair('upper($(item.message))', 'Upper ($(item.message))', set),
  'a link of Markdown': textPair('See [our shop](https://x.example)', 'See [our shop] (https://x.example)'),
  'a tag of HTML': textPair('<b>Sale</b>', '1 < 2 and b > a, <3, <b>'),
  'a line break of HTML': textPair('One<br/>Two', 'One <bread> Two'),
  'a sign of HTML': textPair('Fish &amp; chips', 'Fish & chips; &co'),
  'bold of Markdown': textPair('**Sale**', '5 ** stars, ***'),
  'a time of day in UTC': textPair(
    "From $(formatDate(item.at, 'HH:mm')) on",
    "From $(formatDate(item.at, 'HH:mm')) UTC on, $(formatDate(item.at, 'd.M.'))",
  ),
  'branches that fall into each other': wayPair(
    'falls-into-branch',
    [ask, which(''), teams].join('\n'),
    [ask, which(', { else: end }'), apart].join('\n'),
  ),
  'a branch that runs on into the next': wayPair(
    'falls-into-branch',
    [ask, which(', { else: end }'), teams].join('\n'),
    [ask, which(', { else: end }'), apart].join('\n'),
  ),
  'a Switch that falls into its own case': wayPair(
    'falls-into-branch',
    [ask, 'which: { switch: { variable: t, cases: { Sales: sales } } }', teams.replace('support', 'more')].join('\n'),
    [
      ask,
      'which: { switch: { variable: t, cases: { Sales: sales }, default: end } }',
      teams.replace('support', 'more'),
    ].join('\n'),
  ),
  'quick replies that nobody waits for': wayPair(
    'tap-not-awaited',
    'a: { send-message: { text: "Yes?", quickReplies: [{ title: Yes, payload: Y }] } }\nb: { switch: { variable: item.payload, cases: { Y: c }, default: d } }\nc: { exit: {} }\nd: { exit: {} }',
    'a: { send-message: { text: "Again?", quickReplies: [{ title: Yes, payload: Y }] } }\nd: { exit: {} }',
  ),
  'a block between those of a try': wayPair(
    'gap-in-try',
    'guard: { exception-handler: { try: [a, c], catch: sorry } }\na: { send-message: { text: a } }\nb: { send-message: { text: b } }\nc: { send-message: { text: c } }\nend: { exit: {} }\nsorry: { exit: {} }',
    'guard: { exception-handler: { try: [a, c], catch: sorry } }\na: { send-message: { text: a } }\nb: { set-variable: { x: 1 } }\nc: { send-message: { text: c } }\nend: { exit: {} }\nsorry: { exit: {} }',
  ),
  'a chat with nobody': wayPair('nobody-to-connect', found, `dest: { set-variable: { destination: bob } }\n${found}`),
  'plain http': fieldPair(
    'failed plain-http',
    fetched('url: "http://x.example.com"'),
    fetched('url: "https://x.example.com/http:"'),
  ),
  'plain http in the house': fieldPair(
    'warned plain-http',
    fetched('url: "http://crm.internal/x"'),
    fetched('url: "https://crm.internal/x"'),
  ),
  'a secret in a header': fieldPair(
    'warned secret-in-clear',
    fetched('url: "https://x.example.com", headers: { Authorization: "Bearer sk-live-123" }'),
    fetched('url: "https://x.example.com", headers: { Authorization: { secret: shop }, Accept: text/plain }'),
  ),
  'a secret in an address': fieldPair(
    'warned secret-in-clear',
    fetched('url: "https://x.example.com/?api_key=abcdef123"'),
    fetched('url: "https://x.example.com/?token=$(item.payload)"'),
  ),
  'a button without https': fieldPair(
    'warned no-address',
    'a: { send-message: { text: a, buttons: [{ title: Shop, url: shop.example.com }] } }',
    'a: { send-message: { text: a, buttons: [{ title: Shop, url: "https://shop.example.com/a b" }, { title: B, url: $(page.name) }] } }',
  ),
  'a picture of a card that is none': fieldPair(
    'warned no-address',
    'a: { send-message: { cards: [{ title: A, subtitle: B, image: /a.png }] } }',
    'a: { send-message: { cards: [{ title: A, subtitle: B, image: "http://x.example/a.png" }] } }',
  ),
  'a number to call without its country': fieldPair(
    'warned no-number-to-call',
    'a: { send-message: { text: a, buttons: [{ title: Call, phone: "030 123456" }] } }',
    'a: { send-message: { text: a, buttons: [{ title: Call, phone: "0049 (30) 123456" }] } }',
  ),
  'a postcode as a number': fieldPair(
    'warned digits-as-number',
    'a: { request-input: { text: "Your ZIP code?", type: number, into: where }, exits: { timeout: e, invalid: e } }\ne: { exit: {} }',
    'a: { request-input: { text: "How many codes?", type: number, into: shipping }, exits: { timeout: e, invalid: e } }\ne: { exit: {} }',
  ),
  'the end of a card as a number, in a form': fieldPair(
    'warned digits-as-number',
    'a: { request-input: { form: [{ name: x, text: a }, { name: last4, text: Digits?, type: number }] }, exits: { timeout: e, invalid: e } }\ne: { exit: {} }',
    'a: { request-input: { form: [{ name: x, text: "PIN" }, { name: last, text: "Digits?", type: number }] }, exits: { timeout: e, invalid: e } }\ne: { exit: {} }',
  ),
  'a search for no skill': fieldPair('warned no-skills', search('skills: []'), search('')),
  'a search that narrows': fieldPair(
    'warned search-narrows',
    search('intervals: [{ for: 1m, minLevel: 20 }, { for: 1m, minLevel: 50 }]'),
    search('intervals: [{ for: 1m, minLevel: 50 }, { for: 1m, minLevel: 20 }]'),
  ),
  'two quick replies of one title': fieldPair(
    'warned title-twice',
    'a: { send-message: { text: a, quickReplies: [{ title: Yes }, { title: yes, payload: Y }], wait: {} } }\nb: { exit: {} }',
    'a: { send-message: { text: a, quickReplies: [{ title: Yes }, { title: No }], wait: {} } }\nb: { exit: {} }',
  ),
  'a case that the choice never is': {
    check: 'types-agree',
    outcome: 'warned type-mismatch',
    trips:
      'a: { request-input: { text: "?", type: choice, into: c, choices: [{ title: Sales, value: sales }] }, exits: { timeout: e, invalid: e } }\nb: { switch: { variable: c, cases: { Sales: d }, default: e } }\nd: { exit: {} }\ne: { exit: {} }',
    nearMiss:
      'a: { request-input: { text: "?", type: choice, into: c, choices: [{ title: Sales, value: sales }] }, exits: { timeout: e, invalid: e } }\nb: { switch: { variable: c, cases: { sales: d }, default: e } }\nd: { exit: {} }\ne: { exit: {} }',
  },
};
