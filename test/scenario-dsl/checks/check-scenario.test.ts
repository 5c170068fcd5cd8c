import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../../scenario-dsl/checks/check-report.ts';
import { checkSource, type CheckReport } from '../../../scenario-dsl/checks/check-source.ts';
import { blockPairs, fill, type Pair } from './block-pairs.ts';
import { slipPairs } from './slip-pairs.ts';
import { measureProcessorMs } from '../../support/measure-processor-ms.ts';

function check(blocks: string, options?: CheckOptions): CheckReport {
  const indented = blocks.trim().replaceAll(/^(?=.)/gm, '  ');
  return checkSource(`attendant: 2\nscenario: test\nblocks:\n${indented}\n`, options);
}

const isWrong = (outcome: string): boolean => outcome === 'failed' || outcome === 'warned';

/** The checks that did not pass, and the codes of what they found. */
function summary(report: CheckReport): string[] {
  const wrong = report.checks.filter(({ outcome }) => isWrong(outcome));
  return wrong.map(({ name, outcome }) => {
    const codes = report.problems.flatMap((problem) => (problem.check === name ? [problem.code] : []));
    return `${name} ${outcome} ${codes.join(' ')}`;
  });
}

const agents = [{ username: 'bob', skills: { support: 30 } }];
const configuration = {
  agents,
  services: [{ name: 'Support', skills: ['support'] }],
  entries: [{ name: 'front', scenario: 'other' }],
  users: ['bob', 'sue'],
  hours: ['office'],
  bots: ['faq'],
  models: ['gpt'],
  surveys: ['after-chat'],
  secrets: ['crm'],
};

const pairs: Record<string, Pair> = {
  ...blockPairs,
  ...slipPairs,
  'an exit to nowhere': {
    check: 'exits-lead-somewhere',
    outcome: 'failed unknown-block',
    trips: 'a: { send-message: { text: a }, exits: { send-error: nowhere } }',
    nearMiss: 'a: { send-message: { text: a }, exits: { send-error: b } }\nb: { exit: {} }',
  },
  'a wait without a bound': {
    check: 'waits-are-bounded',
    outcome: 'failed bad-duration',
    trips: 'a: { send-message: { text: a, wait: { timeout: never } } }',
    nearMiss: 'a: { send-message: { text: a, wait: {} } }\nb: { exit: {} }',
  },
  'a block that no way leads to': {
    check: 'blocks-are-reached',
    outcome: 'failed unreachable-block',
    trips: 'a: { exit: {} }\nb: { send-message: { text: b } }',
    nearMiss:
      'a: { if: [{ when: "$(item.message) == 1", go: b }, { else: c }] }\nb: { send-message: { text: b } }\nc: { exit: {} }',
  },
  'a loop without a choice or a wait': {
    check: 'loops-wait',
    outcome: 'failed endless-loop',
    trips: 'a: { send-message: { text: a } }\nb: { goto: a }',
    nearMiss: 'a: { send-message: { text: a, wait: {} }, exits: { timeout: end } }\nb: { goto: a }\nend: { exit: {} }',
  },
  'a variable that is not set on the way by a timeout': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: 'ask: { send-message: { text: Name?, wait: { into: name } } }\nhi: { send-message: { text: Hi $(name) } }',
    nearMiss: `
ask: { send-message: { text: Name?, wait: { into: name } }, exits: { timeout: end } }
hi: { send-message: { text: Hi $(name) } }
end: { exit: {} }`,
  },
  'a variable of the world that there is not': {
    check: 'variables-are-set',
    outcome: 'warned unknown-variable',
    trips: 'a: { send-message: { text: "Hi $(customer.fristName)" } }',
    nearMiss:
      'a: { set-variable: { customer.nick: Ada } }\nb: { send-message: { text: "Hi $(customer.firstName), $(customer.nick), $(customer.other|you)" } }',
  },
  'a variable that is known only behind a comparison': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips:
      'a: { if: [{ when: "$(age|0) > 5", go: b }, { else: c }] }\nb: { send-message: { text: $(age) } }\nc: { exit: {} }',
    nearMiss:
      'a: { if: [{ when: "$(name) is empty or $(age) is empty", go: c }] }\nb: { send-message: { text: "$(name) $(age)" } }\nc: { exit: {} }',
  },
  'a value that is made of a later one': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: 'a: { set-variable: { total: $(price) EUR, price: 5 } }',
    nearMiss: 'a: { set-variable: { price: 5, total: $(price) EUR } }',
  },
  'an agent’s name where the search may have failed': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
find: { find-agent: {}, exits: { queue-limit: end, timeout: end } }
hi: { send-message: { text: $(agent.name) is here } }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
find: { find-agent: {}, exits: { queue-limit: end, timeout: end } }
hi: { send-message: { text: $(agent.name|Somebody) is here } }
talk: { connect-chat: {} }
end: { exit: {} }`,
  },
  'a position in the queue outside of the search that knows it': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
hi: { send-message: { text: You are number $(queue.position) } }
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
find: { find-agent: { announce: You are number $(queue.position) }, exits: { no-agents: end, timeout: end, queue-limit: end } }
talk: { connect-chat: {} }
end: { exit: {} }`,
  },
  'an agent’s name where only a full queue was forgotten': {
    check: 'variables-are-set',
    outcome: 'warned variable-not-set',
    trips: `
find: { find-agent: {}, exits: { no-agents: end, timeout: end } }
hi: { send-message: { text: $(agent.name) is here } }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
hi: { send-message: { text: $(agent.name) is here } }
talk: { connect-chat: {} }
end: { exit: {} }`,
  },
  'an agent who is found and then kept waiting': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: `
find: { find-agent: {} }
ask: { send-message: { text: One more thing?, wait: {} } }
talk: { connect-chat: {} }`,
    nearMiss: `
find: { find-agent: {} }
tell: { send-message: { text: One more thing } }
talk: { connect-chat: {} }
ask: { send-message: { text: And now?, wait: {} } }`,
  },
  'an agent who is found and then forgotten on one branch': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: `
find: { find-agent: {} }
which: { if: [{ when: "$(item.message) == 1", go: end }] }
talk: { connect-chat: {} }
end: { exit: {} }`,
    nearMiss: `
find: { find-agent: {}, exits: { no-agents: which, timeout: which } }
talk: { connect-chat: {}, exits: { target-disconnected: end } }
which: { if: [{ when: "$(item.message) == 1", go: end }] }
end: { exit: {} }`,
  },
  'a message after more than a day of silence': {
    check: 'messages-in-window',
    outcome: 'failed outside-window',
    trips: `
ask: { send-message: { text: a, wait: { timeout: 20h } }, exits: { timeout: again } }
end: { exit: {} }
again: { send-message: { text: Still there?, wait: { timeout: 5h } }, exits: { timeout: last } }
again-end: { exit: {} }
last: { send-message: { text: Goodbye } }`,
    nearMiss: `
ask: { send-message: { text: a, wait: { timeout: 20h } }, exits: { timeout: again } }
end: { exit: {} }
again: { send-message: { text: Still there?, wait: { timeout: 4h } }, exits: { timeout: last } }
again-end: { exit: {} }
last: { send-message: { text: Goodbye } }`,
  },
  'a message after more than a day in the queue': {
    check: 'messages-in-window',
    outcome: 'warned outside-window',
    trips: `
find: { find-agent: { timeout: 25h }, exits: { timeout: late } }
talk: { connect-chat: {} }
end: { exit: {} }
late: { send-message: { text: Nobody is here } }`,
    nearMiss: `
find: { find-agent: { timeout: 25h }, exits: { timeout: late, no-agents: late } }
talk: { connect-chat: {} }
end: { exit: {} }
late: { send-message: { text: Nobody is here } }`,
  },
  'a message after a wait of more than a day': {
    check: 'messages-in-window',
    outcome: 'warned outside-window',
    trips: 'pause: { wait: { for: 24.1h } }\nlate: { send-message: { text: Hello again } }',
    nearMiss: 'pause: { wait: { for: 24h } }\nlate: { send-message: { text: Hello again } }',
  },
  'a switch on a variable that is not set': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: 'a: { switch: { variable: topic, cases: { x: b } } }\nb: { exit: {} }',
    nearMiss: 'a: { switch: { variable: topic, cases: { x: b }, default: b } }\nb: { exit: {} }',
  },
  'a variable that only some cases of a switch prove': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips:
      'a: { switch: { variable: topic, cases: { x: b, "": b }, default: c } }\nb: { send-message: { text: $(topic) } }\nc: { exit: {} }',
    nearMiss:
      'a: { switch: { variable: topic, cases: { x: b, y: b }, default: c } }\nb: { send-message: { text: $(topic) } }\nc: { exit: {} }',
  },
  'an agent who is found and then kept waiting by a wait': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: 'find: { find-agent: {} }\npause: { wait: { for: 1.5s } }\ntalk: { connect-chat: {} }',
    nearMiss:
      'pause: { wait: { for: 1.5s } }\nfind: { find-agent: {} }\nnote: { comment: x }\ntalk: { connect-chat: {} }',
  },
  'an input that may not have come': {
    check: 'variables-are-set',
    outcome: 'failed variable-not-set',
    trips: `
ask: { request-input: { text: Age?, type: number, into: age }, exits: { timeout: end } }
tell: { send-message: { text: You are $(age) } }
end: { exit: {} }`,
    nearMiss: `
ask: { request-input: { text: Age?, type: number, into: age }, exits: { timeout: end, invalid: end } }
tell: { send-message: { text: You are $(age) } }
end: { exit: {} }`,
  },
  'an input that is asked for again and again': {
    check: 'silence-ends',
    outcome: 'failed endless-silence',
    trips: 'ask: { request-input: { text: Age?, into: age }, exits: { timeout: ask } }\nend: { exit: {} }',
    nearMiss: 'ask: { request-input: { text: Age?, into: age }, exits: { invalid: ask } }\nend: { exit: {} }',
  },
  'an agent who is found and then kept waiting for an input': {
    check: 'agents-are-connected',
    outcome: 'failed agent-not-connected',
    trips: 'find: { find-agent: {} }\nask: { request-input: { text: Age?, into: age } }\ntalk: { connect-chat: {} }',
    nearMiss: 'ask: { request-input: { text: Age?, into: age } }\nfind: { find-agent: {} }\ntalk: { connect-chat: {} }',
  },
  'a message after an input that took more than a day': {
    check: 'messages-in-window',
    outcome: 'failed outside-window',
    trips: `
ask: { request-input: { text: a, into: x, timeout: 25h }, exits: { timeout: late } }
end: { exit: {} }
late: { send-message: { text: Goodbye } }`,
    nearMiss: `
ask: { request-input: { text: a, into: x, timeout: 23h }, exits: { timeout: late } }
end: { exit: {} }
late: { send-message: { text: Goodbye } }`,
  },
  'a question that is too long when it is asked again': {
    check: 'messages-fit',
    outcome: 'failed text-too-long',
    trips: `a: { request-input: { text: a, into: x, retry: { text: '$(customer.firstName)${fill(1951)}' } } }`,
    nearMiss: `a: { request-input: { text: a, into: x, retry: { text: '$(customer.firstName)${fill(1950)}' } } }`,
  },
  'a choice that Messenger cuts': {
    check: 'messages-fit',
    outcome: 'failed title-cut',
    trips: `a: { request-input: { text: a, type: choice, into: x, choices: [{ title: ${fill(21)} }] } }`,
    nearMiss: `a: { request-input: { text: a, type: choice, into: x, choices: [{ title: ${fill(20)}, value: ${fill(21)} }] } }`,
  },
  'a wait that goes round in silence': {
    check: 'silence-ends',
    outcome: 'failed endless-silence',
    trips: 'pause: { wait: { for: 1h } }\nagain: { goto: pause }',
    nearMiss: 'pause: { wait: { for: 1h } }\nagain: { wait: { for: 1h } }',
  },
  'comments that go round': {
    check: 'loops-wait',
    outcome: 'failed endless-loop',
    trips: 'a: { comment: $(never) }\nb: { goto: a }',
    nearMiss: 'a: { comment: $(never) }\nb: { exit: {} }',
  },
  'a text that is too long with a name put in': {
    check: 'messages-fit',
    outcome: 'failed text-too-long',
    trips: `a: { send-message: { text: '$(customer.firstName)${fill(1951)}' } }`,
    nearMiss: `a: { send-message: { text: '$(customer.firstName)${fill(1950)}' } }`,
  },
  'a text that is too long with a set variable put in': {
    check: 'messages-fit',
    outcome: 'failed text-too-long',
    trips: `s: { set-variable: { sign: ${fill(200)} } }\na: { send-message: { text: '$(sign)${fill(1801)}' } }`,
    nearMiss: `s: { set-variable: { sign: ${fill(200)} } }\na: { send-message: { text: '$(sign)${fill(1800)}' } }`,
  },
  'a quick reply that Messenger cuts': {
    check: 'messages-fit',
    outcome: 'failed title-cut',
    trips: `a: { send-message: { text: a, quickReplies: [{ title: ${fill(21)} }] } }`,
    nearMiss: `a: { send-message: { text: a, quickReplies: [{ title: ${fill(20)} }] } }`,
  },
  'a quick reply whose title may be empty': {
    check: 'titles-are-shown',
    outcome: 'warned title-may-be-empty',
    trips: `a: { send-message: { text: a, quickReplies: [{ title: '$(item.message)' }] } }`,
    nearMiss: `a: { send-message: { text: a, quickReplies: [{ title: '$(item.message|You)' }, { title: 'I, $(item.message)' }] } }`,
  },
  'a choice whose title may be empty': {
    check: 'titles-are-shown',
    outcome: 'warned title-may-be-empty',
    trips: `a: { request-input: { text: a, type: choice, into: b, choices: { each: item.attachments, title: $(upper(item.message)) } }, exits: { no-data: end } }`,
    nearMiss: `a: { request-input: { text: a, type: choice, into: b, choices: { each: item.attachments, title: $(upper(each.type)) } }, exits: { no-data: end } }`,
  },
  'a list that may be empty': {
    check: 'lists-are-filled',
    outcome: 'warned list-may-be-empty',
    trips: `a: { send-message: { text: a, quickReplies: { each: item.attachments, title: $(each.type) }, wait: {} } }`,
    nearMiss: `a: { send-message: { text: a, quickReplies: { each: "= ['a']", title: $(each) }, wait: {} } }`,
  },
  'a button whose title may be empty': {
    check: 'titles-are-shown',
    outcome: 'warned title-may-be-empty',
    trips: `a: { send-message: { text: a, buttons: [{ title: ' $(item.message) ', url: 'https://example.com' }] } }`,
    nearMiss: `a: { send-message: { text: a, buttons: [{ title: Site, url: 'https://example.com/$(customer.firstName)' }] } }`,
  },
  'a search for skills that nobody has': {
    check: 'agents-can-be-found',
    outcome: 'failed nobody-has-the-skills',
    trips: 'f: { find-agent: { skills: [suport] } }\nt: { connect-chat: {} }',
    nearMiss: 'f: { find-agent: { skills: [support, $(lang|)] } }\nt: { connect-chat: {} }',
    options: { configuration },
  },
  'a search for a level that nobody has': {
    check: 'agents-can-be-found',
    outcome: 'failed nobody-has-the-skills',
    trips: 'f: { find-agent: { skills: [support], intervals: [{ for: 1m, minLevel: 31 }] } }\nt: { connect-chat: {} }',
    nearMiss:
      'f: { find-agent: { skills: [support], intervals: [{ for: 1m, minLevel: 31 }, { for: 1m, minLevel: 30 }] } }\nt: { connect-chat: {} }',
    options: { configuration },
  },
  'a search for a service that does not exist': {
    check: 'agents-can-be-found',
    outcome: 'failed unknown-service',
    trips: 'f: { find-agent: { service: Suport } }\nt: { connect-chat: {} }',
    nearMiss: 'f: { find-agent: { service: Support } }\nt: { connect-chat: {} }',
    options: { configuration },
  },
  ...Object.fromEntries(
    [
      ['hours', 'business-hours: { hours: office }', 'business-hours: { hours: ofice }'],
      ['service', 'get-statistics: { service: Support }', 'get-statistics: { service: Sales }'],
      ['entry', 'connect-chat: { default: front }', 'connect-chat: { default: frnt }'],
      ['user', 'get-user-configuration: { username: sue }', 'get-user-configuration: { username: eve }'],
      ['bot', 'chat-bot-select-account: faq', 'chat-bot-select-account: fak'],
      [
        'secret',
        'fetch-url: { url: "https://a.example/", headers: { x: { secret: crm } } }',
        'fetch-url: { url: "https://a.example/", headers: { x: { secret: crn } } }',
      ],
    ].map(([kind, known = '', unknown = '']): [string, Pair] => [
      `a name of the configuration that it does not have: ${kind}`,
      {
        check: 'names-are-configured',
        outcome: `warned unknown-${kind}`,
        trips: `a: { ${unknown}, exits: {} }\nb: { exit: {} }`,
        nearMiss: `a: { ${known}, exits: {} }\nb: { exit: {} }`,
        options: { configuration },
      },
    ]),
  ),
  'a question that is asked again and again': {
    check: 'silence-ends',
    outcome: 'failed endless-silence',
    trips: 'ask: { send-message: { text: a, wait: {} }, exits: { timeout: ask } }\nend: { exit: {} }',
    nearMiss: `
ask: { send-message: { text: a, wait: {} }, exits: { timeout: again } }
end: { exit: {} }
again: { send-message: { text: b, wait: {} }, exits: { timeout: end } }
back: { goto: ask }`,
  },
  'a search that begins anew without anybody refusing': {
    check: 'silence-ends',
    outcome: 'failed endless-silence',
    trips:
      'find: { find-agent: {}, exits: { timeout: find, no-agents: end, queue-limit: end } }\ntalk: { connect-chat: {} }\nend: { exit: {} }',
    nearMiss: `
find: { find-agent: {}, exits: { timeout: end, no-agents: end, queue-limit: end } }
talk: { connect-chat: {}, exits: { no-answer: find } }
end: { exit: {} }`,
  },
  'a Connect Chat without an agent that leads back to itself': {
    check: 'silence-ends',
    outcome: 'failed endless-silence',
    trips: 'talk: { connect-chat: { destination: bob }, exits: { no-answer: talk } }\nend: { exit: {} }',
    nearMiss: 'talk: { connect-chat: { destination: bob }, exits: { no-answer: end } }\nend: { exit: {} }',
  },
};

describe('A check trips on', () => {
  it.each(Object.entries(pairs))('%s, and on nothing else', (_what, { check: name, outcome, trips, options }) => {
    expect(summary(check(trips, options))).toEqual([`${name} ${outcome}`]);
  });
});

describe('A check lets pass the near miss of', () => {
  it.each(Object.entries(pairs))('%s', (_what, { nearMiss, options }) => {
    const report = check(nearMiss, options);
    expect(report.problems).toEqual([]);
    expect(report.isPublishable).toBe(true);
  });
});

describe('A report', () => {
  it('raises no alarm on Mobile Chat, and tells how long silence lasts', () => {
    const report = checkSource(readFileSync('scenarios/mobile-chat.yaml', 'utf8'));
    expect(report.problems).toEqual([]);
    expect(report.checks.find(({ name }) => name === 'silence-ends')?.note).toBe(
      'within 14m 30s, even when 3 agents refuse one after the other',
    );
  });

  it('counts on as many refusals as the configuration has agents', () => {
    const blocks = `
find: { find-agent: { skills: [support], timeout: 1m }, exits: { timeout: end, no-agents: end, queue-limit: end } }
talk: { connect-chat: {}, exits: { no-answer: find } }
end: { exit: {} }`;
    const report = check(blocks, { configuration });
    expect(report.checks.find(({ name }) => name === 'silence-ends')?.note).toBe(
      'within 2m 10s, even when one agent refuses',
    );
  });

  it('says which checks were not run, and why', () => {
    const { checks } = check('a: { exit: {} }');
    const note = 'Name the configuration with --config <folder or address>.';
    expect(checks.filter(({ outcome }) => outcome === 'not-run')).toEqual([
      expect.objectContaining({ name: 'agents-can-be-found', note }),
      expect.objectContaining({ name: 'names-are-configured', note }),
    ]);
    const broken = check('a: { exit: }').checks;
    expect(new Set(broken.map(({ outcome }) => outcome))).toEqual(new Set(['not-run']));
  });

  it('shows the shortest way to what is wrong as a chat', () => {
    const [problem] = check(pairs['a variable that is not set on the way by a timeout']?.trips ?? '').problems;
    expect(problem).toMatchObject({ line: 5, column: 34, path: 'blocks.hi.send-message.text' });
    expect(problem?.transcript).toEqual([
      'customer: …',
      'scenario: Name?  [ask]',
      '(10m pass and nothing happens)',
      'scenario: Hi $(name)  [hi]',
    ]);
  });

  it('knows a variable behind a branch that asked for it', () => {
    const report = check(`
ask: { send-message: { text: Name?, wait: { into: name } } }
known: { if: [{ when: "$(name) is not empty", go: hi }, { else: end }] }
hi: { send-message: { text: Hi $(name) } }
end: { exit: {} }`);
    expect(report.problems).toEqual([]);
  });

  it('takes a few milliseconds more for every block, not for every pair', () => {
    const blocks = Array.from(
      { length: 1000 },
      (_, n) => `b${n}: { send-message: { text: "$(v${n}|)", wait: { into: v${n} } }, exits: { timeout: b${n + 1} } }`,
    );
    const source = [...blocks, 'b1000: { exit: {} }'].join('\n');
    const { result, tookMs } = measureProcessorMs(() => check(source));
    expect(result.isPublishable).toBe(true);
    expect(tookMs).toBeLessThan(5000);
  });
});
