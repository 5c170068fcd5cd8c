import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource, type CheckReport } from '../../../scenario-dsl/checks/check-source.ts';

/** Sets variables of every type, then does something with them. */
function checkUse(use: string): CheckReport {
  return checkSource(`attendant: 2
scenario: test
blocks:
  age: { request-input: { text: a, type: number, into: age }, exits: { timeout: end, invalid: end } }
  day: { request-input: { text: a, type: date, into: day }, exits: { timeout: end, invalid: end } }
  mail: { request-input: { text: a, type: email, into: mail }, exits: { timeout: end, invalid: end } }
  drink:
    request-input: { text: a, type: choice, into: drink, choices: [{ title: Tea, value: tea }, { title: Water, value: water }] }
    exits: { timeout: end, invalid: end }
  said: { send-message: { text: a, wait: { into: said } }, exits: { timeout: end } }
  set: { set-variable: { price: 3, vip: true, tags: "= split('a,b', ',')", copy: $(age), note: 'Hi $(said)', total: = $(price) * 2 } }
  ${use}
  end: { exit: {} }
`);
}

function checkWhen(condition: string): string[] {
  const { problems } = checkUse(`use: { if: [{ when: ${JSON.stringify(condition)}, go: end }] }`);
  return problems.map(
    ({ severity, code, column, message, remedy }) => `${severity} ${code} ${column} ${message} ${remedy}`,
  );
}

describe('What can never be meant is told:', () => {
  it.each([
    [`$(customer.firstName) > 5`, 'Text is neither above nor below a number'],
    [`$(mail) < $(age)`, 'Text is neither above nor below a number'],
    [`$(age) >= 'old'`, `The text 'old' is neither above nor below a number`],
    [`$(age) before '2026-01-01'`, 'a number, which is never a date'],
    [`$(day) after 'tomorrow'`, `the text 'tomorrow', which is never a date`],
    [`$(day) + 1 > 2`, 'a date, which is never a number'],
    [`$(tags) * 2 == 4`, 'a list, which is never a number'],
    [`$(age) == 'old'`, `A number is never equal to the text 'old'`],
    [`$(drink) == 'coffee'`, `is never equal to the text 'coffee'. It is one of: tea, water.`],
    [`$(drink) == 'tee'`, `Did you mean 'tea'?`],
    [`$(vip) == 'maybe'`, 'True or false is never equal'],
    [`$(tags) == 'a'`, 'A list is never equal'],
    [`$(age)`, 'a number, which is never true'],
    [`$(said) contains 'x' and $(age)`, 'a number, which is never true'],
    [`not $(tags)`, 'a list, which is never true'],
    [`upper($(tags)) == 'A'`, '"upper" wants text here, and this is a list. upper(text): The text in capital letters.'],
    [`round('a') == 1`, `"round" wants a number here, and this is the text 'a'`],
    [`weekday($(age)) == 1`, '"weekday" wants a date here, and this is a number'],
    [`field($(age), 'x') == 1`, '"field" wants a map here, and this is a number'],
    [`$(copy) before '2026-05-03'`, 'a number, which is never a date'],
    [`$(total) == 'x'`, 'A number is never equal'],
    [`$(item.attachments) > 3`, 'A list is neither above nor below a number'],
    [`$(item.startedBy) == 'click'`, 'It is one of: message, postback, referral, optin.'],
    [`item($(tags), 0) == 'a'`, 'Nothing stands at position 0. Positions begin at 1; -1 is the last.'],
    [
      `formatDate($(day), 'dddd, dd.MM.') == 'a'`,
      '"dddd" is two parts of a date, one behind the other. Write EEEE, dd.MM.',
    ],
    [`formatDate($(day), 'ddd d MMM') == 'a'`, 'Write EEE d MMM.'],
    [`part($(said), ' ', 0) == 'a'`, 'Nothing stands at position 0.'],
    [`formatNumber($(age), 2) == 'a'`, '2 is no locale. A locale stands here'],
    [`first(sort($(tags), 'desc')) == 'a'`, `'desc' is taken for the name of a field here. The order stands third`],
    [`weekday($(day)) == 0`, 'weekday(…) is a number: 1 is Monday, 7 Sunday.'],
    [`weekday($(day)) != 'Sunday'`, 'weekday(…) is a number: 1 is Monday, 7 Sunday.'],
    [`length($(tags)) == 1`, 'this is a list. How many items a list has is count(…).'],
    [`$(day) + 7 > 0`, 'Days are added by addDays(today, 7), or taken off by addDays(today, -7).'],
  ])('%s', (condition, problem) => {
    const problems = checkWhen(condition);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe('What can be meant is not:', () => {
  it.each([
    `$(said) > 5`,
    `$(age) > $(said)`,
    `$(age|0) < 18`,
    `$(age) == '17'`,
    `$(age) == ''`,
    `$(drink) == 'tea'`,
    `$(drink) == $(said)`,
    `$(drink|none) == 'none'`,
    `$(day) before '2026-05-03' or $(said) on $(day)`,
    `daysBetween($(day), $(item.at)) > 3`,
    `weekday($(said)) in [6, 7]`,
    `$(vip)`,
    `$(vip) == true and not $(said)`,
    `$(said) + 1 == 5`,
    `extract($(said), '\\d+') > 5`,
    `upper($(age)) == '5'`,
    `count($(said)) == 1`,
    `first($(tags)) > 5`,
    `$(tags) contains 'a' and $(age) in $(tags)`,
    `$(note) == 'Hi you'`,
    `$(unknown|x) > 5`,
    `$(customer.id) == 17`,
    `$(item.message) > 5 and $(item.payload) == 17`,
    `if($(vip), $(age), 'x') > 3`,
    `weekday($(day)) == 7 and '1' != weekday($(day))`,
    `first(sort($(tags), 'desc', 'desc')) == item($(tags), -1)`,
    `formatNumber($(age), 'de', 0) == '5'`,
  ])('%s', (condition) => {
    expect(checkWhen(condition)).toEqual([]);
  });

  it.each(readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml')))(
    'anything in scenarios/%s',
    (name) => {
      const { problems } = checkSource(readFileSync(`scenarios/${name}`, 'utf8'));
      expect(problems.filter(({ check }) => check === 'types-agree')).toEqual([]);
    },
  );
});

describe('A misused value is pointed at', () => {
  it('in a condition, a text and a value', () => {
    expect(checkWhen(`$(said) == 'x' or $(age) before $(day)`)[0]).toContain(' 42 ');
    const inText = checkUse('use: { send-message: { text: "You are $(day * 2) old" } }').problems[0];
    expect(inText).toMatchObject({ line: 12, column: 43, path: 'blocks.use.send-message.text' });
    const inValue = checkUse('use: { set-variable: { x: "= 1 + $(tags)" } }').problems[0];
    expect(inValue).toMatchObject({ line: 12, column: 36, path: 'blocks.use.set-variable.x' });
  });
});
