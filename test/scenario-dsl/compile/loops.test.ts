import { describe, expect, it } from 'vitest';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { MAX_HOPS } from '../../../scenario-dsl/compile/run-machine.ts';
import type { ScenarioBlock } from '../../../scenario-dsl/document/document.ts';
import { startScenario } from '../../../scenario-dsl/run/step.ts';
import { parseBlocks, ScenarioRun, startRun } from '../scenario-run.ts';

/** Past the checks, as a document from an older version might be. */
function runUnchecked(...blocks: ScenarioBlock[]): ScenarioRun {
  return new ScenarioRun({ attendant: 2, scenario: 'unchecked', blocks });
}

function codes(blocks: string): string[] {
  return parseBlocks(blocks).problems.map(({ severity, code }) => `${severity} ${code}`);
}

describe('A loop that waits for nobody', () => {
  it('fails the run instead of going round for ever', () => {
    const run = runUnchecked(
      { id: 'a', type: 'goto', fields: 'b', exits: {} },
      { id: 'b', type: 'goto', fields: 'a', exits: {} },
    );
    expect(run.result).toMatchObject({ status: 'failed', block: 'a', effects: [], state: { deadlines: [] } });
    expect(run.result.problem).toContain('"a" is part of a loop');
  });

  it('fails when a block leads to itself', () => {
    expect(runUnchecked({ id: 'a', type: 'goto', fields: 'a', exits: {} }).status).toBe('failed');
  });

  it('fails when it goes through a Connect Chat that has nobody to offer the chat to', () => {
    const run = runUnchecked({ id: 'a', type: 'connect-chat', fields: {}, exits: { 'no-answer': 'a' } });
    expect(run.status).toBe('failed');
  });

  it('fails when it sends message after message, and sends no more', () => {
    const run = runUnchecked(
      { id: 'a', type: 'send-message', fields: { text: 'a' }, exits: { 'send-error': 'a' } },
      {
        id: 'b',
        type: 'goto',
        fields: 'a',
        exits: {},
      },
    );
    for (let sent = 0; run.status === 'running' && sent < 2 * MAX_HOPS; sent += 1) run.answer('message.sent');
    expect(run.result).toMatchObject({ status: 'failed', effects: [] });
    expect(run.effects.length).toBeLessThanOrEqual(MAX_HOPS);
  });

  it('stays failed', () => {
    const run = runUnchecked({ id: 'a', type: 'goto', fields: 'a', exits: {} });
    const { result } = run;
    expect(run.write('hello').result).toEqual({ ...result, path: [] });
  });

  it('does not let a variable grow without end', () => {
    const run = runUnchecked(
      { id: 'a', type: 'set-variable', fields: { x: '$(x)$(x)ab' }, exits: {} },
      { id: 'b', type: 'goto', fields: 'a', exits: {} },
    );
    expect(String(run.variables['x']).length).toBeLessThanOrEqual(10_000);
  });

  it('is an error of the source when it has no choice, a warning when it has one', () => {
    expect(codes('a: { goto: b }\nb: { goto: a }')).toEqual(['error endless-loop']);
    expect(codes('a: { send-message: { text: a } }\nb: { goto: a }')).toEqual(['error endless-loop']);
    expect(codes('a: { set-variable: { x: 1 } }\nb: { if: [{ when: "$(x) == 2", go: a }] }')).toEqual([
      'warning endless-loop',
    ]);
    expect(codes('a: { send-message: { text: a, wait: {} } }\nb: { goto: a }')).toEqual([]);
  });
});

describe('A loop that waits', () => {
  it('goes round as often as the customer likes, each visit with effects of its own', () => {
    const run = startRun('ask: { send-message: { text: "?", wait: {} } }\nagain: { goto: ask }');
    for (let turn = 0; turn < 1500; turn += 1) run.answer('message.sent').write('x');
    expect(run.status).toBe('running');
    expect(new Set(run.effects.map(({ id }) => id)).size).toBe(1501);
  });

  it('begins anew when a block leads to itself by its own time-out', () => {
    const run = startRun('find: { find-agent: { timeout: 1m }, exits: { timeout: find } }').wait(60_000);
    expect(run.effects.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'find-agent find:1',
      'cancel-find-agent find:1',
      'find-agent find:2',
    ]);
    expect(run.deadlinesIn).toEqual([60_000]);
  });

  it('ignores a deadline that was meant for an earlier visit', () => {
    const run = startRun('find: { find-agent: { timeout: 1m }, exits: { no-agents: find } }');
    const [deadline] = run.result.state.deadlines;
    run.now += 30_000;
    run.answer('agent.none');
    run.now += 30_000;
    run.tell({ type: 'deadline', id: deadline?.id ?? '' });
    expect(run.deadlinesIn).toEqual([30_000]);
    expect(run.effects).toHaveLength(2);
  });
});

describe('A run', () => {
  it('ignores a deadline that it does not know', () => {
    const run = startRun('find: { find-agent: {} }');
    expect(run.tell({ type: 'deadline', id: 'xstate.after.1.find' }).result.state.deadlines).toHaveLength(1);
  });

  it('goes through a scenario of 900 immediate blocks in one step', () => {
    const blocks = Array.from({ length: 900 }, (_, n) => `b${n}: { set-variable: { n: ${n} } }`).join('\n');
    expect(startRun(blocks).status).toBe('done');
  });

  it('does the same from the same state, and leaves that state alone', () => {
    const run = startRun('ask: { send-message: { text: "?", wait: { into: a } } }').answer('message.sent');
    const before = JSON.stringify(run.result.state);
    const frozen = run.result.state;
    run.write('x');
    expect(JSON.stringify(frozen)).toBe(before);
  });

  it('starts and ends at once when the document has no blocks', () => {
    const scenario = compileScenario({ attendant: 2, scenario: 'empty', blocks: [] });
    expect(startScenario(scenario, { variables: {} }, 0).status).toBe('done');
  });
});
