import { describe, expect, it } from 'vitest';
import { buildFlow } from '../../../scenario-dsl/checks/flow.ts';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseBlocks } from '../scenario-run.ts';
import { listFlowWays, listMachineWays } from './machine-ways.ts';

function parse(blocks: string): ScenarioDocument {
  const { document, problems } = parseBlocks(blocks);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

const blocks: Record<string, string> = {
  'send-message': 'a: { send-message: { text: a } }',
  'send-message with its exit': 'a: { send-message: { text: a }, exits: { send-error: a } }',
  'send-message with wait': 'a: { send-message: { text: a, wait: { timeout: 1m } } }',
  'send-message with wait and exits':
    'a: { send-message: { text: a, wait: {} }, exits: { timeout: c, send-error: a } }\nb: { exit: {} }\nc: { exit: {} }',
  if: 'a: { if: [{ when: "$(x|) == 1", go: a }, { when: "$(x|) == 2", go: b }] }\nb: { exit: {} }',
  'if with else': 'a: { if: [{ when: "$(x|) == 1", go: c }, { else: b }] }\nb: { exit: {} }\nc: { exit: {} }',
  'find-agent': 'a: { find-agent: {} }',
  'find-agent with exits':
    'a: { find-agent: {}, exits: { timeout: a, no-agents: c } }\nb: { exit: {} }\nc: { exit: {} }',
  'connect-chat': 'a: { connect-chat: {} }',
  'connect-chat with exits': 'a: { connect-chat: {}, exits: { no-answer: a } }',
  'set-variable': 'a: { set-variable: { x: 1 } }',
  goto: 'a: { goto: c }\nb: { exit: {} }\nc: { goto: b }',
  exit: 'a: { exit: {} }',
  switch: 'a: { switch: { variable: x, cases: { one: a, next: b, "": b } } }\nb: { exit: {} }',
  'switch with default':
    'a: { switch: { variable: x, cases: { default: c }, default: b } }\nb: { exit: {} }\nc: { exit: {} }',
  'request-input': 'a: { request-input: { text: a, into: x } }',
  'request-input with exits':
    'a: { request-input: { text: a, into: x, retry: { count: 0 } }, exits: { invalid: a, timeout: c, send-error: b } }\nb: { exit: {} }\nc: { exit: {} }',
  wait: 'a: { wait: { for: 1.5s } }',
  'send-message with files and gathering':
    'a: { send-message: { text: a, wait: { files: f, gather: {} } }, exits: { file-received: a } }',
  'request-input form': 'a: { request-input: { form: [{ name: x, text: a }, { name: y, text: b }], gather: {} } }',
  collect: 'a: { collect: {} }\nb: { exit: {} }',
  'exception-handler':
    'a: { exception-handler: { try: [b, c, d, e], catch: f } }\nb: { send-message: { text: b, wait: {} } }\nc: { goto: d }\nd: { find-agent: {} }\ne: { connect-chat: {} }\nf: { comment: f }',
  'exception-handlers in each other':
    'a: { exception-handler: { try: [b, c, d], catch: f } }\nb: { exception-handler: { try: [c], catch: d } }\nc: { send-message: { text: c }, exits: { send-error: d } }\nd: { send-message: { text: d } }\ne: { exit: {} }\nf: { exit: {} }',
  'business-hours': 'a: { business-hours: {} }',
  'business-hours with exits': 'a: { business-hours: {}, exits: { closed: b, failed: a } }\nb: { exit: {} }',
  'a-b-split': 'a: { a-b-split: { branches: [{ go: a }, { go: b }] } }\nb: { exit: {} }',
  log: 'a: { log: { text: a } }',
  comment: 'a: { comment: Hello }\nb: { exit: {} }',
};

describe('The graph that the checks look at has exactly the ways of the compiled machine:', () => {
  it.each(Object.entries(blocks))('%s', (_type, source) => {
    const document = parse(source);
    expect(listMachineWays(document)).toEqual(listFlowWays(document));
  });

  it('the least and the most time of a timeout is its timer', () => {
    const document = parse(
      'a: { send-message: { text: a, wait: { timeout: 90s } } }\nb: { find-agent: { timeout: 2m } }\nc: { request-input: { text: c, into: x, timeout: 3m } }',
    );
    const timeouts = buildFlow(document).ways.filter(({ way }) => way === 'timeout');
    expect(timeouts.map(({ minMs, maxMs }) => [minMs, maxMs])).toEqual([
      [90_000, 90_000],
      [120_000, 120_000],
      [180_000, 180_000],
    ]);
  });
});

describe('A step', () => {
  it('tells the blocks it left, each by which way', async () => {
    const { startScenario, step } = await import('../../../scenario-dsl/run/step.ts');
    const scenario = compileScenario(
      parse(
        'a: { set-variable: { x: 1 } }\nb: { if: [{ when: "$(x) == 1", go: d }] }\nc: { exit: {} }\nd: { find-agent: {} }',
      ),
    );
    const started = startScenario(scenario, { variables: {} }, 0);
    expect(started.path).toEqual([
      { block: 'a', way: 'next' },
      { block: 'b', way: '$(x) == 1' },
    ]);
    const ended = step(scenario, started.state, { type: 'agent.none', effectId: 'd:3' }, 1);
    expect(ended.path).toEqual([{ block: 'd', way: 'no-agents' }]);
  });
});
