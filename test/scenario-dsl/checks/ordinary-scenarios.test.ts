import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';

/** What admins of five houses would write; a check that objects to one of them is wrong. */
const scenarios: Record<string, string> = {
  'a kiosk that adds to a list and counts': `
start: { set-variable: { cart: 'You ordered:', n: 0 } }
item: { request-input: { text: 'What would you like?', into: item }, exits: { timeout: say, invalid: say } }
add: { set-variable: { cart: '$(cart) - $(item)', n: '= $(n) + 1' } }
more: { if: [{ when: '$(n) < 5', go: item }] }
say: { send-message: { text: '$(cart). That is $(n) things.', quickReplies: [{ title: '$(n) more' }], wait: {} } }
swap: { set-variable: { first: $(cart), second: $(item|), customer.firstName: 'Dr. $(customer.firstName|)' } }
swapped: { set-variable: { first: $(second), second: $(first) } }
bye: { send-message: { text: 'Good bye, $(customer.firstName). $(first)' } }`,
  'a shop that tells where an order is': `
welcome: { send-message: { text: "Hi $(customer.firstName|there), how can we help?", quickReplies: [{ title: My order }, { title: Return }, { title: Talk to us }], wait: { into: topic } }, exits: { timeout: bye } }
topics: { switch: { variable: topic, cases: { My order: ask-number, Return: ask-reason }, default: hours } }
ask-number: { request-input: { text: "What is your order number?", type: number, min: 1, into: number }, exits: { timeout: bye, invalid: hours } }
look-up: { fetch-url: { url: "https://shop.example/orders/$(number)", into: order, retries: 1 }, exits: { failed: apologise, no-data: not-found, timeout: apologise } }
tell: { send-message: { text: "Order $(number) is $(order.state|on its way).", quickReplies: [{ title: Thanks }, { title: Talk to us }], wait: { into: more, timeout: 30m } }, exits: { timeout: bye } }
more-help: { if: [{ when: "$(more) == 'Talk to us'", go: hours }, { else: solved }] }
solved: { self-service-provided: {} }
rate: { request-input: { text: "How did we do?", type: rating, into: stars }, exits: { timeout: end, invalid: end } }
save: { save-survey-response: { cs: "$(stars)" } }
thanks: { send-message: { text: "Thank you for the $(stars)!" } }
end: { exit: {} }
apologise: { send-message: { text: "Our order system does not answer ($(fetchURLResultCode))." } }
to-hours: { goto: hours }
not-found: { send-message: { text: "There is no order $(number)." } }
hours: { business-hours: { open: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00" }], timeZone: Europe/Berlin }, exits: { closed: closed, failed: find } }
find: { find-agent: { skills: [orders], timeout: 5m, announce: "You are number $(queue.position)." }, exits: { no-agents: closed, timeout: closed, queue-limit: closed } }
talk: { connect-chat: {}, exits: { no-answer: find, target-disconnected: rate } }
ask-reason: { send-message: { text: "What is wrong with it? Send a photo if you can.", wait: { into: reason, files: photos, gather: { quiet: 5s, max: 1m } } }, exits: { timeout: bye, file-received: with-photo } }
without-photo: { goto: hours }
with-photo: { attached-data: { photos: "$(photos)" } }
to-people: { goto: hours }
closed: { send-message: { text: "We are here Monday to Friday from 9 to 6 and will write to you." } }
note: { set-disposition: { disposition: Call back } }
leave: { exit: {} }
bye: { send-message: { text: "Write to us whenever you like." } }`,
  'a restaurant that takes tables for the next two months, and none on Mondays': `
size: { request-input: { text: "For how many?", type: number, min: 1, max: 8, into: guests, retry: { text: "A number, please.", aboveMax: "We have no table for that many." } }, exits: { timeout: bye, invalid: bye } }
closed: { set-variable: { holidays: "= ['2026-12-24', '2026-12-25']" } }
day: { request-input: { text: "On which day?", type: date, min: today, max: "$(addDays(today, 60))", not: [mon, $(holidays)], into: day, retry: { notOn: "We are closed on that day.", aboveMax: "Until $(formatDate(addDays(today, 60), 'd MMMM')), please." } }, exits: { timeout: bye, invalid: bye } }
late: { if: [{ when: "day == today and hour(now) >= 18", go: bye }] }
booked: { send-message: { text: "A table for $(guests) on $(formatDate(day, 'EEEE, d MMMM')). See you in $(daysBetween(today, day)) days!" } }
bye: { send-message: { text: "Good bye!" } }`,
  'a clinic that takes requests for an appointment': `
guard: { exception-handler: { try: [hello, form, when, confirm, book], catch: failed } }
hello: { send-message: { text: "Hello, this is the clinic. In an emergency dial 112." } }
form: { request-input: { form: [{ name: name, text: Your name?, into: name }, { name: born, type: date, text: Date of birth?, into: born }, { name: phone, type: phone, text: Phone number?, into: phone, fromProfile: true }, { name: what, type: choice, text: What is it about?, into: about, choices: [{ title: Check-up }, { title: Vaccination }, { title: Pain }] }], timeout: 15m }, exits: { timeout: bye, invalid: people } }
urgent: { if: [{ when: "$(about) == 'Pain'", go: hurry }, { when: "daysBetween($(born), $(item.at)) < 6570", go: child }, { else: when }] }
hurry: { set-priority: { priority: 90 } }
to-people: { goto: people }
child: { request-skill-or-service: { skills: [children] } }
when: { request-input: { text: "On which day would you like to come?", type: date, into: day }, exits: { timeout: bye, invalid: people } }
past: { if: [{ when: "$(day) before $(item.at)", go: when }, { else: confirm }] }
confirm: { send-message: { text: "$(name), shall we book $(day) for $(about)?", buttons: [{ title: Yes }, { title: No }], wait: { into: answer } }, exits: { timeout: bye } }
sure: { if: [{ when: "lower($(answer)) == 'yes'", go: book }, { else: people }] }
book: { create-object: { object: case, fields: { name: "$(name)", phone: "$(phone)", day: "$(day)" }, into: booking } }
booked: { send-message: { text: "Booked, $(name). Your number is $(booking.number)." } }
end: { exit: {} }
people: { find-agent: { skills: [reception], timeout: 3m }, exits: { no-agents: later, timeout: later, queue-limit: later } }
talk: { connect-chat: {}, exits: { no-answer: later } }
done: { exit: {} }
failed: { log: { text: "$(exception.outcome) in $(exception.block): $(exception.reason)", level: error } }
later: { send-message: { text: "Please call us on 030 123456." } }
close: { exit: {} }
bye: { send-message: { text: "We close this chat now. Write again to go on." } }`,
  'a telecom with a bot in front of its people': `
contact: { identify-contact: { by: messenger-id }, exits: { no-data: stranger, multiple-matches: stranger, failed: stranger } }
known: { set-variable: { name: "$(contact.firstName|there)", isCustomer: true } }
vip: { if: [{ when: "$(contact.segment|) == 'gold'", go: first-row }, { else: greet }] }
first-row: { set-priority: { priority: 80 } }
to-people: { goto: find }
stranger: { set-variable: { name: there, isCustomer: false } }
greet: { send-message: { text: "Hi $(name), ask me anything.", wait: { into: question, timeout: 1h } }, exits: { timeout: bye } }
person: { if: [{ when: "$(question) contains 'person'", go: find }] }
bot: { ask-a-bot: { message: "$(question)", responses: answers, response: answer, timeout: 8s }, exits: { timeout: sorry, failed: sorry, no-data: sorry } }
say: { send-message: { text: "$(answer)", quickReplies: [{ title: That helps }, { title: A person please }], wait: { into: question, timeout: 1h } }, exits: { timeout: bye } }
helped: { if: [{ when: "$(question) == 'That helps'", go: solved }, { else: person }] }
solved: { self-service-provided: {} }
end: { exit: {} }
sorry: { send-message: { text: "I do not know that. Let me find somebody." } }
find: { find-agent: { skills: [mobile], intervals: [{ for: 1m, minLevel: 50 }, { for: 4m, minLevel: 1 }], announce: "You are number $(queue.position) of $(queue.waiting)." }, exits: { no-agents: nobody, timeout: nobody, queue-limit: nobody } }
show: { web-screen-pop: { url: "https://crm.example/search?name=$(name)" } }
talk: { connect-chat: {}, exits: { no-answer: find, target-disconnected: cause } }
cause: { if: [{ when: "$(targetDisconnectedCause) == 'UserLogout'", go: find }, { else: survey }] }
survey: { request-input: { text: "Would you recommend us? 0 to 10", type: rating, min: 0, max: 10, into: score }, exits: { timeout: finish, invalid: finish } }
store: { save-survey-response: { nps: "$(score)" } }
finish: { exit: {} }
nobody: { get-statistics: { service: Support }, exits: { failed: bye } }
wait-time: { send-message: { text: "$(agents.loggedIn) colleagues are here, all busy; the wait is about $(queue.ewt|some) seconds." } }
bye: { send-message: { text: "Goodbye, $(name)." } }`,
  'a salon that tries two greetings': `
draw: { a-b-split: { branches: [{ go: short }, { go: long, weight: 2 }], sticky: "$(customer.id)" } }
short: { send-message: { text: "Book now?", quickReplies: [{ title: "Yes" }, { title: "No" }], wait: { into: wish } }, exits: { timeout: end } }
to-wish: { goto: wish }
long: { send-message: { text: "Hello $(customer.firstName|dear guest), our new cut is here. Would you like to book?", quickReplies: [{ title: "Yes" }, { title: "No" }], wait: { into: wish } }, exits: { timeout: end } }
wish: { switch: { variable: wish, cases: { "Yes": details, "No": end }, default: find } }
details: { collect: { fields: [name, phone] }, exits: { timeout: reminder, invalid: find } }
day: { request-input: { text: "Which day?", type: date, into: day }, exits: { timeout: reminder, invalid: find } }
mail: { email: { to: [salon@example.com], subject: "Booking $(day)", text: "$(customer.name) $(customer.phone) on $(day)" } }
done: { send-message: { text: "See you on $(day), $(customer.name)!" } }
report: { set-custom-reporting-field: { field: booked, value: "$(day)" } }
end: { exit: {} }
reminder: { wait: { for: 2h } }
again: { send-message: { text: "Still there? Tap to go on.", quickReplies: [{ title: Go on }], wait: { timeout: 12h } }, exits: { timeout: end } }
back: { goto: details }
find: { find-agent: { timeout: 2m }, exits: { no-agents: away, timeout: away, queue-limit: away } }
talk: { connect-chat: {}, exits: { no-answer: away, target-disconnected: end } }
away: { send-message: { text: "We are cutting hair. Call 030 1234567 please." } }`,
  'a help desk that looks up the open case': `
search: { search-object: { object: case, where: [{ field: customer, is: equal, value: "$(customer.id)" }], limit: 5, into: cases }, exits: { no-data: none, failed: once-more } }
next-case: { get-next-record: { from: cases, into: case }, exits: { no-data: which } }
tell: { send-message: { text: "Case $(case.number): $(case.title|no title), the first of $(count(cases) + 1)" } }
to-people: { goto: which }
once-more: { wait: { for: 5s } }
retry: { search-object: { object: case, where: [{ field: customer, is: equal, value: "$(customer.id)" }], limit: 5, into: cases }, exits: { no-data: none, failed: none } }
found: { goto: next-case }
none: { send-message: { text: "I see no open case." } }
which: { send-message: { text: "What can we do?", wait: { into: wish, gather: { quiet: 3s } } }, exits: { timeout: bye } }
people: { find-agent: { skills: [desk], timeout: 4m }, exits: { no-agents: later, timeout: later, queue-limit: later } }
talk: { connect-chat: {}, exits: { no-answer: people } }
state: { set-disposition: { disposition: Solved } }
end: { exit: {} }
later: { create-object: { object: case, fields: { title: "$(wish|)" }, into: fresh }, exits: { failed: bye } }
promise: { send-message: { text: "We will answer under case $(fresh.number)." } }
leave: { exit: {} }
bye: { send-message: { text: Goodbye } }`,
  'a shop that reminds three times and tells every order': `
begin: { set-variable: { tries: 0 } }
ask: { send-message: { text: "Which order?", wait: { into: order, timeout: 1h } }, exits: { timeout: again } }
search: { search-object: { object: case, where: [{ field: number, is: equal, value: "$(order)" }], limit: 5, into: orders }, exits: { no-data: bye, failed: bye } }
each: { get-next-record: { from: orders, into: one }, exits: { no-data: bye } }
tell: { send-message: { text: "Order $(one.number|)." } }
further: { goto: each }
again: { set-variable: { tries: "= $(tries) + 1" } }
enough: { if: [{ when: "$(tries) >= 3", go: bye }, { else: ask }] }
bye: { send-message: { text: Goodbye } }`,
  'a help line that counts down what is left': `
begin: { set-variable: { left: 5 } }
ask: { request-input: { type: number, text: "Your number?", into: number }, exits: { timeout: less, invalid: less } }
end: { exit: {} }
less: { set-variable: { left: "= $(left) - 1" } }
more: { if: [{ when: "$(left) > 0 and $(item.message|) != 'stop'", go: ask }, { else: bye }] }
bye: { send-message: { text: Goodbye } }`,
};

/** Rounds that look limited and are not. */
const endless: Record<string, string> = {
  'a counter that is set back in the round': `
ask: { send-message: { text: "Which order?", wait: { into: order, timeout: 1h } }, exits: { timeout: begin } }
end: { exit: {} }
begin: { set-variable: { tries: 0 } }
again: { set-variable: { tries: "= $(tries) + 1" } }
enough: { if: [{ when: "$(tries) >= 3", go: bye }, { else: ask }] }
bye: { send-message: { text: Goodbye } }`,
  'a counter that runs away from its limit': `
begin: { set-variable: { tries: 0 } }
ask: { send-message: { text: "Which order?", wait: { into: order, timeout: 1h } }, exits: { timeout: again } }
end: { exit: {} }
again: { set-variable: { tries: "= $(tries) - 1" } }
enough: { if: [{ when: "$(tries) >= 3", go: bye }, { else: ask }] }
bye: { send-message: { text: Goodbye } }`,
  'a way around the counter': `
begin: { set-variable: { tries: 0 } }
ask: { send-message: { text: "Which order?", wait: { into: order, timeout: 1h } }, exits: { timeout: check, send-error: again } }
end: { exit: {} }
again: { set-variable: { tries: "= $(tries) + 1" } }
check: { if: [{ when: "$(tries) >= 3", go: bye }, { else: ask }] }
bye: { send-message: { text: Goodbye } }`,
  'a counter that steps over the one number it is compared with': `
begin: { set-variable: { tries: 0 } }
ask: { send-message: { text: "Which order?", wait: { into: order, timeout: 1h } }, exits: { timeout: again } }
end: { exit: {} }
again: { set-variable: { tries: "= $(tries) + 2" } }
enough: { if: [{ when: "$(tries) == 3", go: bye }, { else: ask }] }
bye: { send-message: { text: Goodbye } }`,
  'a list that each round fills again': `
search: { search-object: { object: case, where: [{ field: number, is: not-empty }], limit: 5, into: orders }, exits: { no-data: bye, failed: bye } }
each: { get-next-record: { from: orders, into: one }, exits: { no-data: bye } }
tell: { send-message: { text: "Order $(one.number|)." } }
further: { goto: search }
bye: { send-message: { text: Goodbye } }`,
};

describe('No alarm is raised on', () => {
  it.each(Object.entries(scenarios))('%s', (_what, blocks) => {
    const { problems, isPublishable } = checkBlocks(blocks);
    expect(problems.map(({ line, message, check }) => `${line} ${check ?? ''}: ${message}`)).toEqual([]);
    expect(isPublishable).toBe(true);
  });
});

describe('An endless silence is found in', () => {
  it.each(Object.entries(endless))('%s', (_what, blocks) => {
    expect(checkBlocks(blocks).problems.map(({ check }) => check)).toContain('silence-ends');
  });
});

it('Counted rounds count in the bound of a silence', () => {
  const reminding = scenarios['a shop that reminds three times and tells every order'] ?? '';
  const note = checkBlocks(reminding).checks.find(({ name }) => name === 'silence-ends')?.note;
  // Four times one hour would do; each record and each reminder counts as one more longest stretch.
  expect(note).toMatch(/^within (?!1h$)/);
});

function checkBlocks(blocks: string): ReturnType<typeof checkSource> {
  const indented = blocks.trim().replaceAll(/^(?=.)/gm, '  ');
  return checkSource(`attendant: 2\nscenario: test\nblocks:\n${indented}\n`);
}
