import { describe, expect, it } from 'vitest';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { ScenarioRun } from '../scenario-run.ts';

function parse(source: string, name = 'test'): ScenarioDocument {
  const { document, problems } = parseScenario(`attendant: 2\nscenario: ${name}\n${source}`);
  if (!document) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return document;
}

const words = `
anywhere:
  - { when: "$(item.message) matches '^(agent|human)\\\\b'", go: human }
  - { when: "$(item.message) contains 'pain'", go: emergency, except: [emergency] }
`;

const blocks = `
blocks:
  ask: { request-input: { text: How many?, type: number, into: n, timeout: 1m }, exits: { timeout: end, invalid: end } }
  more: { send-message: { text: "$(n). And what?", wait: { into: what } }, exits: { timeout: end } }
  pause: { wait: { for: 1h }, next: end }
  human: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
  talk: { connect-chat: {}, next: end }
  emergency: { send-message: { text: Call 112. Better?, wait: { into: better } }, exits: { timeout: end }, next: end }
`;

function start(
  source = words + blocks,
  { message = 'Hi', library }: { message?: string; library?: Record<string, ScenarioDocument> } = {},
): ScenarioRun {
  const item = { message, payload: '', attachments: [] };
  return new ScenarioRun(parse(source), { variables: { item } }, library ? { scenarios: library } : {});
}

const saidBy = (run: ScenarioRun): string[] =>
  run.effects.flatMap((effect) => (effect.kind === 'send-message' ? [effect.text] : []));

describe('Words that work anywhere', () => {
  it('lead out of a question before it reads the reply, which is neither invalid nor an attempt', () => {
    const run = start().answer('message.sent').write('agent please');
    expect(run.block).toBe('human');
    expect(saidBy(run)).toEqual(['How many?']);
    expect(run.result.path).toEqual([{ block: 'ask', way: "anywhere: $(item.message) matches '^(agent|human)\\b'" }]);
    expect(run.variables).toMatchObject({ item: { message: 'agent please' } });
    expect(run.variables).not.toHaveProperty('n');
  });

  it('leave alone what does not fit: it is the reply, and invalid where it is none', () => {
    const run = start().answer('message.sent').write('an agent');
    expect(run.block).toBe('ask');
    expect(saidBy(run)).toEqual(['How many?', 'How many?']);
  });

  it('lead out of a question that is still being sent; what becomes of its message then changes nothing', () => {
    const run = start();
    const sending = run.lastEffect.id;
    run.write('human');
    expect(run.block).toBe('human');
    run.tell({ type: 'message.failed', effectId: sending, reason: 'blocked' });
    expect(run.block).toBe('human');
  });

  it('stop the clock of the block that is left', () => {
    const run = start().answer('message.sent').write('pain');
    expect(run.block).toBe('emergency');
    expect(run.answer('message.sent').deadlinesIn).toEqual([600_000]);
  });

  it('hold in a Wait', () => {
    const run = start().answer('message.sent').write('2').answer('message.sent').write('tea');
    expect(run.block).toBe('pause');
    expect(run.write('agent').block).toBe('human');
    expect(run.deadlinesIn).toEqual([600_000]);
  });

  it('take back the search for an agent, and begin it anew where they lead to it', () => {
    const run = start().answer('message.sent').write('agent').write('agent');
    expect(run.effects.slice(1)).toMatchObject([
      { kind: 'find-agent', id: 'human:2' },
      { kind: 'cancel-find-agent', id: 'human:2' },
      { kind: 'find-agent', id: 'human:3' },
    ]);
    run.tell({ type: 'agent.reserved', effectId: 'human:2', agent: { username: 'ann', name: 'Ann' } });
    expect(run.block).toBe('human');
  });

  it('hold in a queue, and the first rule that fits goes', () => {
    const run = start().answer('message.sent').write('agent').write('chest pain');
    expect(run.block).toBe('emergency');
    expect(run.effects.slice(-2)).toMatchObject([{ kind: 'cancel-find-agent' }, { kind: 'send-message' }]);
  });

  it('do not hold while an agent is asked or talks', () => {
    const run = start().answer('message.sent').write('agent').reserve();
    expect(run.write('pain').block).toBe('talk');
    expect(run.accept().write('agent').block).toBe('talk');
    expect(run.endChat().status).toBe('done');
  });

  it('do not hold in the blocks that "except" names: there they are a reply', () => {
    const run = start().answer('message.sent').write('pain').answer('message.sent').write('the pain is gone');
    expect(run.status).toBe('done');
    expect(run.variables).toMatchObject({ better: 'the pain is gone' });
  });

  it('may go to and fro as often as somebody says them', () => {
    const run = start().answer('message.sent');
    for (let count = 0; count < 2000; count += 1) run.write('agent');
    expect(run.status).toBe('running');
    expect(run.block).toBe('human');
  });

  it('count as a tap does, by the title that was tapped', () => {
    const run = start().answer('message.sent');
    const message = { text: 'Human', payload: 'x', attachments: [], at: run.now, mid: 'm' };
    expect(run.tell({ type: 'customer.message', message }).block).toBe('human');
  });

  it('are each of several messages that are gathered, by itself', () => {
    const source = `${words}
blocks:
  ask: { send-message: { text: Tell me, wait: { into: story, gather: { quiet: 5s } } }, exits: { timeout: end }, next: end }
  human: { wait: { for: 1m }, next: end }
  emergency: { exit: {} }`;
    const run = start(source).answer('message.sent').write('it began');
    expect(run.block).toBe('ask');
    expect(run.write('agent').block).toBe('human');
    expect(run.deadlinesIn).toEqual([60_000]);
  });
});

describe('Words that come while the scenario is at work', () => {
  const busy = `${words}
blocks:
  hours: { business-hours: {}, exits: { closed: end, failed: end } }
  hello: { send-message: { text: Hello } }
  ask: { send-message: { text: What?, wait: { into: what } }, exits: { timeout: end }, next: end }
  human: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
  talk: { connect-chat: {}, next: end }
  emergency: { send-message: { text: Call 112 }, next: end }`;

  it('count where it listens next, which is not asked then', () => {
    const run = start(busy).write('agent').write('please');
    expect(run.block).toBe('hours');
    run.complete('done', { isOpen: true }).answer('message.sent');
    expect(run.block).toBe('human');
    expect(saidBy(run)).toEqual(['Hello']);
    expect(run.lastEffect).toMatchObject({ kind: 'find-agent', id: 'human:4' });
    expect(run.result.path.map(({ block }) => block)).toEqual(['hello', 'ask']);
  });

  it('count once', () => {
    const run = start(busy).write('agent').complete('done', { isOpen: true }).answer('message.sent');
    expect(run.answer('agent.none').status).toBe('done');
    expect(run.result.state.snapshot.context).not.toHaveProperty('heard');
  });

  it('count as the message that opens the conversation, too', () => {
    const run = start(busy, { message: 'agent' }).complete('done', { isOpen: true }).answer('message.sent');
    expect(run.block).toBe('human');
    const atOnce = start(words + blocks, { message: 'human, please' });
    expect([atOnce.block, saidBy(atOnce), atOnce.deadlinesIn]).toEqual(['human', [], [600_000]]);
  });

  it('go by the first rule, whichever came first', () => {
    const run = start(busy).write('pain').write('agent').complete('done', { isOpen: true });
    expect(run.answer('message.sent').block).toBe('human');
  });

  it('are forgotten where an agent is asked before anybody listens', () => {
    const source = `${words}
blocks:
  find: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
  found: { send-message: { text: One moment } }
  talk: { connect-chat: {}, exits: { no-answer: ask }, next: end }
  ask: { send-message: { text: Sorry. What is it?, wait: {} }, exits: { timeout: end }, next: end }
  human: { exit: {} }
  emergency: { exit: {} }`;
    const run = start(source).reserve().write('agent');
    expect(run.block).toBe('found');
    run.answer('message.sent').wait(10_000);
    expect([run.block, run.status]).toEqual(['ask', 'running']);
  });

  it('say nothing where the entry’s error text is being sent', () => {
    const item = { message: 'Hi', payload: '', attachments: [] };
    const run = new ScenarioRun(parse(words + blocks), { variables: { item }, onErrorText: 'Sorry' });
    run.failSend().write('agent');
    expect(saidBy(run)).toEqual(['How many?', 'Sorry']);
    expect(run.answer('message.sent').status).toBe('done');
  });
});

const library = (inner: string): Record<string, ScenarioDocument> => ({ inner: parse(inner, 'inner') });

describe('Words of scenarios that are started', () => {
  const outer = `${words}
blocks:
  call: { start-another-scenario: { scenario: inner }, exits: { failed: end } }
  after: { send-message: { text: Thanks, wait: {} }, exits: { timeout: end }, next: end }
  human: { find-agent: {}, exits: { no-agents: end, timeout: end, queue-limit: end } }
  talk: { connect-chat: {}, next: end }
  emergency: { send-message: { text: Call 112 }, next: end }`;
  const innerBlocks = `
blocks:
  ask: { send-message: { text: Street?, wait: { into: street } }, exits: { timeout: return }, next: return }`;

  it('go before those of who starts them, which hold inside as well', () => {
    const inner = `anywhere: [{ when: "$(item.message) == 'back'", go: return }, { when: "$(item.message) == 'agent'", go: ask }]${innerBlocks}`;
    const run = start(outer, { library: library(inner) });
    expect(run.answer('message.sent').write('agent').block).toBe('call/ask');
    expect(run.answer('message.sent').write('human').block).toBe('human');
    expect(start(outer, { library: library(inner) }).write('back').block).toBe('after');
  });

  it('hold in none of the blocks around it', () => {
    const inner = `anywhere: [{ when: "$(item.message) == 'back'", go: ask }]${innerBlocks}`;
    const run = start(outer, { library: library(inner) });
    expect(run.answer('message.sent').write('Main St').block).toBe('after');
    expect(run.answer('message.sent').write('back').status).toBe('done');
  });

  it('are kept out of all of it by the block that starts it', () => {
    const excepting = outer.replace('go: human }', 'go: human, except: [call] }');
    const run = start(excepting, { library: library(innerBlocks) }).answer('message.sent');
    expect(run.write('agent').block).toBe('after');
    expect(run.write('agent').block).toBe('human');
  });
});

describe('A rule for the end of the messaging window', () => {
  const source = `
anywhere:
  - { event: window-closing, go: last-word, except: [last-word] }
blocks:
  hours: { business-hours: {}, exits: { closed: end, failed: end } }
  find: { find-agent: { timeout: 25h }, exits: { no-agents: end, timeout: end, queue-limit: end } }
  talk: { connect-chat: {}, exits: { no-answer: ask }, next: end }
  ask: { send-message: { text: What?, wait: {} }, exits: { timeout: end }, next: end }
  last-word: { send-message: { text: "We close at $(item.windowClosesAt)", wait: {} }, exits: { timeout: end }, next: end }`;
  const until = Date.parse('2027-01-16T08:00:00Z');

  it('leads out of the queue, and takes the search back', () => {
    const run = start(source).complete('done', { isOpen: true });
    run.tell({ type: 'window.closing', until });
    expect(run.result.path).toEqual([{ block: 'find', way: 'anywhere: window-closing' }]);
    expect(run.effects.slice(-2)).toMatchObject([
      { kind: 'cancel-find-agent', id: 'find:2' },
      { kind: 'send-message', text: 'We close at 2027-01-16T08:00:00Z' },
    ]);
  });

  it('does not hold in the blocks that it excepts, and says nothing while an agent is asked or talks', () => {
    const run = start(source).complete('done', { isOpen: true }).reserve();
    expect(run.tell({ type: 'window.closing', until }).block).toBe('talk');
    expect(run.wait(10_000).block).toBe('ask');
    run.tell({ type: 'window.closing', until });
    expect(run.tell({ type: 'window.closing', until }).block).toBe('last-word');
    expect(run.effects.filter(({ id }) => id.startsWith('last-word'))).toHaveLength(1);
  });

  it('is told as long before as it says, and no earlier or later', () => {
    const early = source.replace('go: last-word,', 'before: 2h, go: last-word,');
    const run = start(early).complete('done', { isOpen: true });
    expect(run.tell({ type: 'window.closing', until }).block).toBe('find');
    expect(run.tell({ type: 'window.closing', until, leadMs: 7_200_000 }).block).toBe('last-word');
    expect(run.result.path).toEqual([{ block: 'find', way: 'anywhere: window-closing, 2h before' }]);
  });

  it('waits while the scenario is at work', () => {
    const run = start(source).tell({ type: 'window.closing', until });
    expect(run.block).toBe('hours');
    expect(run.complete('done', { isOpen: true }).block).toBe('last-word');
    expect(run.effects.some(({ kind }) => kind === 'find-agent')).toBe(false);
  });

  it('takes nothing that the customer writes', () => {
    const run = start(source).complete('done', { isOpen: true });
    expect(run.write('window-closing').block).toBe('find');
  });
});
