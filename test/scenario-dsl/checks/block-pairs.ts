import type { CheckOptions } from '../../../scenario-dsl/checks/check-report.ts';

/** Text of a length. */
export const fill = (length: number): string => 'x'.repeat(length);

/** A scenario that trips exactly one check, and one beside it that trips none. */
export interface Pair {
  check: string;
  outcome: string;
  trips: string;
  nearMiss: string;
  options?: CheckOptions;
}

/** What the single block types can do wrong. */
export const blockPairs: Readonly<Record<string, Pair>> = {
  'a failure that an operation leaves nothing behind for': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
get: { fetch-url: { url: "https://shop.example/orders", into: order }, exits: { failed: tell, timeout: tell, no-data: tell } }
good: { send-message: { text: "Order $(order.number)" } }
end: { exit: {} }
tell: { send-message: { text: "No order: $(order.number)" } }`,
    nearMiss: `
get: { fetch-url: { url: "https://shop.example/orders", into: order }, exits: { failed: tell, timeout: tell, no-data: tell } }
good: { send-message: { text: "Order $(order.number)" } }
end: { exit: {} }
tell: { send-message: { text: "No order: $(fetchURLResultCode)" } }`,
  },
  'an exception that nothing has caught': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
try: { exception-handler: { try: [say], catch: sorry } }
say: { send-message: { text: Hi } }
end: { send-message: { text: "$(exception.block) went well" } }
leave: { exit: {} }
sorry: { exit: {} }`,
    nearMiss: `
try: { exception-handler: { try: [say], catch: sorry } }
say: { send-message: { text: Hi } }
end: { exit: {} }
sorry: { log: { text: "$(exception.block) $(exception.exit) $(exception.reason)" } }`,
  },
  'a catch around what cannot fail': {
    check: 'blocks-are-reached',
    outcome: 'failed unreachable-block',
    trips: `
try: { exception-handler: { try: [note], catch: sorry } }
note: { comment: x }
end: { exit: {} }
sorry: { exit: {} }`,
    nearMiss: `
try: { exception-handler: { try: [pause], catch: sorry } }
pause: { wait: { for: 1m } }
end: { exit: {} }
sorry: { exit: {} }`,
  },
  'files that came with no reply': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
ask: { send-message: { text: A photo?, wait: { files: photos } }, exits: { timeout: end } }
tell: { log: { text: "$(photos)" } }
end: { exit: {} }`,
    nearMiss: `
ask: { send-message: { text: A photo?, wait: { files: photos } }, exits: { timeout: end, file-received: tell } }
end: { exit: {} }
tell: { log: { text: "$(photos)" } }`,
  },
  'a field of a form that was not filled in': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
ask: { request-input: { form: [{ name: size, text: Size?, into: size }, { name: day, type: date, text: Day?, into: day }] }, exits: { timeout: end, invalid: tell } }
end: { exit: {} }
tell: { log: { text: "$(day)" } }`,
    nearMiss: `
ask: { request-input: { form: [{ name: size, text: Size?, into: size }, { name: day, type: date, text: Day?, into: day }] }, exits: { timeout: end, invalid: end } }
tell: { log: { text: "$(day)" } }
end: { exit: {} }`,
  },
  'hours that could not be looked up': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
look: { business-hours: { hours: Shop }, exits: { failed: tell } }
tell: { log: { text: "$(hours.isOpen)" } }`,
    nearMiss: `
look: { business-hours: { hours: Shop }, exits: { failed: end, closed: tell } }
tell: { log: { text: "$(hours.isOpen)" } }
end: { exit: {} }`,
  },
  'an agent who is found and waits for an operation': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: `
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
get: { fetch-url: { url: "https://shop.example/orders" } }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
show: { web-screen-pop: { url: "https://shop.example/orders" } }
note: { set-priority: { priority: 50 } }
talk: { connect-chat: {} }
end: { exit: {} }`,
  },
  'an agent who is found and forgotten on one side of a split': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: `
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
draw: { a-b-split: { branches: [{ go: talk }, { go: end }] } }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
draw: { a-b-split: { branches: [{ go: find }, { go: end }] } }
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
talk: { connect-chat: {} }
end: { exit: {} }`,
  },
  'a reply that is too long after a burst of messages': {
    check: 'messages-in-window',
    outcome: 'failed outside-window',
    trips: `
ask: { send-message: { text: a, wait: { timeout: 24.1h, gather: { max: 2m } } }, exits: { timeout: late } }
end: { exit: {} }
late: { send-message: { text: Goodbye } }`,
    nearMiss: `
ask: { send-message: { text: a, wait: { timeout: 23h, gather: { max: 2m } } }, exits: { timeout: late } }
end: { exit: {} }
late: { send-message: { text: Goodbye } }`,
  },
  'a title that is too long with a choice put in': {
    check: 'messages-fit',
    outcome: 'warned title-cut',
    trips: `
ask: { request-input: { text: a, type: choice, into: x, choices: [{ title: tea }, { title: water }] }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: a, quickReplies: [{ title: 'More $(x)${fill(11)}' }] } }
end: { exit: {} }`,
    nearMiss: `
ask: { request-input: { text: a, type: choice, into: x, choices: [{ title: tea }, { title: water }] }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: a, quickReplies: [{ title: 'More $(x)${fill(10)}' }] } }
end: { exit: {} }`,
  },
  'a title that is too long with a rating put in': {
    check: 'messages-fit',
    outcome: 'warned title-cut',
    trips: `
ask: { request-input: { text: a, type: rating, max: 10, into: x }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: a, quickReplies: [{ title: '$(x)${fill(19)}' }] } }
end: { exit: {} }`,
    nearMiss: `
ask: { request-input: { text: a, type: rating, into: x }, exits: { timeout: end, invalid: end } }
say: { send-message: { text: a, quickReplies: [{ title: '$(x)${fill(19)}' }] } }
end: { exit: {} }`,
  },
  'a card that is too long with a date put in': {
    check: 'messages-fit',
    outcome: 'failed text-too-long',
    trips: `
ask: { request-input: { text: a, type: date, into: x }, exits: { timeout: end, invalid: end } }
say: { send-message: { cards: [{ title: '$(x)${fill(71)}', subtitle: a }] } }
end: { exit: {} }`,
    nearMiss: `
ask: { request-input: { text: a, type: date, into: x }, exits: { timeout: end, invalid: end } }
say: { send-message: { cards: [{ title: '$(x)${fill(70)}', subtitle: a }] } }
end: { exit: {} }`,
  },
  'a text with buttons that is longer than their template': {
    check: 'messages-fit',
    outcome: 'failed text-too-long',
    trips: `a: { send-message: { text: ${fill(641)}, buttons: [{ title: Yes }] } }`,
    nearMiss: `a: { send-message: { text: ${fill(640)}, buttons: [{ title: Yes }] } }`,
  },
  'records that are taken for a number': {
    check: 'types-agree',
    outcome: 'failed type-mismatch',
    trips: `
search: { search-object: { object: case, where: [{ field: state, is: not-empty }], into: cases }, exits: { no-data: end, failed: end } }
many: { if: [{ when: "$(cases) > 3", go: end }] }
end: { exit: {} }`,
    nearMiss: `
search: { search-object: { object: case, where: [{ field: state, is: not-empty }], into: cases }, exits: { no-data: end, failed: end } }
many: { if: [{ when: "count($(cases)) > 3", go: end }] }
end: { exit: {} }`,
  },
  'a result code that is taken for a date': {
    check: 'types-agree',
    outcome: 'failed type-mismatch',
    trips: `
get: { fetch-url: { url: "https://shop.example/" } }
old: { if: [{ when: "$(fetchURLResultCode) before '2026-01-01'", go: end }] }
end: { exit: {} }`,
    nearMiss: `
get: { fetch-url: { url: "https://shop.example/" } }
old: { if: [{ when: "$(fetchURLResultCode) >= 500", go: end }] }
end: { exit: {} }`,
  },
  'an address that is collected and compared with a number': {
    check: 'types-agree',
    outcome: 'failed type-mismatch',
    trips: `
ask: { collect: { fields: [email] }, exits: { timeout: end, invalid: end } }
big: { if: [{ when: "$(customer.email) > 5", go: end }] }
end: { exit: {} }`,
    nearMiss: `
ask: { collect: { fields: [email] }, exits: { timeout: end, invalid: end } }
ours: { if: [{ when: "$(customer.email) ends-with '@shop.example'", go: end }] }
end: { exit: {} }`,
  },
};
