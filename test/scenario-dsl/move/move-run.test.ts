import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BlockMap } from '../../../contracts/scenario-move.ts';
import { compileScenario, type CompiledScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { getEffectId } from '../../../scenario-dsl/machine/run-setup.ts';
import { describeGraph } from '../../../scenario-dsl/edit/describe-graph.ts';
import { setField } from '../../../scenario-dsl/edit/edit-scenario.ts';
import { sameStateIn, standingOf, timersOf } from '../../../scenario-dsl/move/live-state.ts';
import { invertMap, planBlocks } from '../../../scenario-dsl/move/map-blocks.ts';
import { moveRun, type Moved } from '../../../scenario-dsl/move/move-run.ts';
import { traceMove, undoMove } from '../../../scenario-dsl/move/undo-move.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import type { ScenarioState } from '../../../scenario-dsl/run/step.ts';
import { editAtRandom, pick } from '../edit/edit-at-random.ts';
import { documentOf, ScenarioRun } from '../scenario-run.ts';
import { beginRun, createDice, happen, keep, liveOn, type Dice, type LiveRun } from './live-runs.ts';

const LIVE_RUNS = 500;
const EDITS = 20;

/** A shipped scenario, and an example of each way in which a block waits. */
const texts = [
  'scenarios/mobile-chat',
  'scenarios/lead-form',
  ...['ai-agent', 'collect', 'exception-handler', 'fetch-url', 'request-input', 'switch', 'wait'].map(
    (name) => `docs/blocks/${name}`,
  ),
].map((name) => readFileSync(`${name}.yaml`, 'utf8'));

function compiled(text: string): CompiledScenario | undefined {
  const { document } = parseScenario(text);
  return document && compileScenario(document);
}

/** Another version of a text: a few of the canvas's edits, and times that are longer or shorter. */
function edition(text: string, dice: Dice): CompiledScenario {
  for (;;) {
    let edited = text;
    for (let count = 1 + (dice() % 4); count > 0; count -= 1) {
      const graph = describeGraph(edited);
      if (!graph || graph.blocks.every(({ isBuiltIn }) => isBuiltIn)) break;
      const numbers = [dice(), dice(), dice(), dice()] as const;
      const own = graph.blocks.filter(({ isBuiltIn }) => !isBuiltIn);
      const path = pick([['timeout'], ['wait', 'timeout'], ['wait'], ['fields']], dice());
      const value = path.at(-1) === 'timeout' ? pick(['1m', '2h'], dice()) : undefined;
      const result =
        dice() % 3 === 0
          ? setField(edited, { block: pick(own, dice()).id, path, value })
          : editAtRandom(edited, graph, numbers).result;
      if ('source' in result) edited = result.source;
    }
    const scenario = edited === text ? undefined : compiled(edited);
    if (scenario) return scenario;
  }
}

/** Whether a run is somewhere that its scenario has, with its clocks running and its questions asked. */
function requireDefined(scenario: CompiledScenario, { result: { state, status }, open }: LiveRun): void {
  const { value, context } = state.snapshot;
  const standing = standingOf(scenario, state);
  const armed = state.deadlines.map(({ id }) => id).toSorted();
  const timers = status === 'running' ? timersOf(scenario, value).map(({ id }) => id) : [];
  const isAsked =
    !['busy', 'searching', 'with-agent'].includes(standing) || open.some(({ id }) => id === getEffectId(context));
  const isThere = standing === 'ended' || sameStateIn(scenario, value, context.block) !== undefined;
  const isTimed =
    JSON.stringify(armed) === JSON.stringify(timers.toSorted()) &&
    state.deadlines.every(({ at }) => Number.isFinite(at));
  if (!isAsked || !isThere || !isTimed)
    throw new Error(`Undefined: ${JSON.stringify({ isAsked, isThere, isTimed, state, open })}`);
}

/** A run in the middle; one in ten may be over by now. */
function findLive(scenario: CompiledScenario, dice: Dice): LiveRun {
  for (;;) {
    const run = liveOn(scenario, beginRun(scenario), { dice, steps: dice() % 10 });
    if (run.result.status === 'running' || dice() % 10 === 0) return run;
  }
}

const CHOICES = ['by default', 'all to one block', 'left out'] as const;

/** Where runs are sent: as they are by themselves, all to one block, or some of them nowhere. */
function sendAtRandom(
  from: CompiledScenario,
  to: CompiledScenario,
  { choice, dice }: { choice: string; dice: Dice },
): BlockMap {
  const target = pick(to.blocks, dice()).id;
  const given = from.blocks.flatMap(({ id }): [string, string | null][] => {
    if (choice === 'all to one block') return [[id, target]];
    return choice === 'left out' && dice() % 2 === 0 ? [[id, null]] : [];
  });
  return Object.fromEntries(given);
}

describe('A run that is moved to another version', () => {
  it('is never in a state that the version does not have, is accounted for, and comes back as it was', () => {
    const dice = createDice(14);
    const seen = new Map<string, number>();
    const versions = texts.map((text) => {
      const from = compiled(text);
      if (!from) throw new Error('Not a scenario');
      const editions = Array.from({ length: EDITS }, () => edition(text, dice));
      return { from, editions: editions.map((to) => ({ to, plan: planBlocks(from, to) })) };
    });
    for (let number = 0; number < LIVE_RUNS; number += 1) {
      const { from, editions } = pick(versions, number);
      const live = findLive(from, dice);
      for (const { to, plan } of editions)
        for (const choice of CHOICES) {
          const blocks = { ...plan, ...sendAtRandom(from, to, { choice, dice }) };
          const outcome = moveAndBack({ from, to, blocks }, live, dice);
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        }
    }
    const all = [...seen.values()].reduce((sum, each) => sum + each, 0);
    expect(all).toBe(LIVE_RUNS * EDITS * CHOICES.length);
    for (const kind of ['continues', 'begins', 'ended', 'left-out', 'no-block', 'busy', 'with-agent'])
      expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(50);
  }, 300_000);
});

interface Versions {
  from: CompiledScenario;
  to: CompiledScenario;
  blocks: BlockMap;
}

/** Moves a run, looks at what became of it, and gives what that was. */
function moveAndBack(versions: Versions, live: LiveRun, dice: Dice): string {
  const moved = moveRun(versions, live.result.state, live.now);
  if (moved.outcome === 'refused') return moved.reason;
  const run = keep(live, moved.step);
  requireDefined(versions.to, run);
  expectUndone(versions, { live, moved, run });
  if (dice() % 4 === 0) requireDefined(versions.to, liveOn(versions.to, run, { dice, steps: 8 }));
  return moved.outcome;
}

/** Moved back at once, a run is where it was, and as it was but for the number of its visits. */
function expectUndone(
  { from, to, blocks }: Versions,
  { live, moved, run }: { live: LiveRun; moved: Exclude<Moved, { outcome: 'refused' }>; run: LiveRun },
): void {
  if (run.result.status !== 'running') return;
  const trace = JSON.parse(JSON.stringify(traceMove({ from }, live.result.state, moved))) as ReturnType<
    typeof traceMove
  >;
  const back = { from: to, to: from, blocks: planBlocks(to, from, invertMap(blocks)) };
  const undone = undoMove(back, { state: run.result.state, trace }, run.now);
  if (undone.outcome === 'refused') return expect(['busy', 'with-agent', 'ended']).toContain(undone.reason);
  requireDefined(from, keep(run, undone.step));
  if (undone.outcome !== 'restored') return expect(trace.isSearchLost).toBe(true);
  expect(comparable(undone.step.state)).toEqual(comparable(live.result.state));
}

function comparable({ snapshot: { value, context }, deadlines }: ScenarioState): unknown {
  const { visits: _visits, asked: _asked, transitions: _transitions, ...rest } = context;
  return JSON.parse(JSON.stringify({ value, deadlines, ...rest }));
}

const before = documentOf(`
ask:
  send-message: { text: 'Your order?', wait: { into: order, timeout: 10m } }
find:
  find-agent: { skills: [support], timeout: 5m }
talk:
  connect-chat: {}
`);

const waiting = (): ScenarioRun => new ScenarioRun(before).answer('message.sent');

const move = (blocks: string, given: BlockMap = {}): Moved => {
  const run = waiting();
  const to = compileScenario(documentOf(blocks));
  run.now += 60_000;
  return moveRun({ from: run.scenario, to, blocks: planBlocks(run.scenario, to, given) }, run.result.state, run.now);
};

describe('A customer who is waited for', () => {
  it('is waited for in the same block, and is not asked again; the new time counts from the question', () => {
    const moved = move("ask:\n  send-message: { text: 'Number?', wait: { into: order, timeout: 5m } }");
    expect(moved).toMatchObject({ outcome: 'continues', step: { block: 'ask', effects: [] } });
    const run = waiting();
    if (moved.outcome === 'refused') throw new Error(moved.reason);
    expect(moved.step.state.deadlines.map(({ at }) => at - run.now)).toEqual([300_000]);
  });

  it('is followed to where the block has another id', () => {
    const moved = move("question:\n  send-message: { text: 'Your order?', wait: { into: order, timeout: 10m } }");
    expect(moved).toMatchObject({ outcome: 'continues', step: { block: 'question', effects: [] } });
  });

  it('stays where the block is gone and nobody says where to', () => {
    expect(move("other:\n  send-message: { text: 'Other' }")).toMatchObject({ outcome: 'refused', reason: 'no-block' });
  });

  it('is asked what another block asks that they are sent to', () => {
    const moved = move("number:\n  send-message: { text: 'Number?', wait: { into: number } }", { ask: 'number' });
    expect(moved).toMatchObject({ outcome: 'begins', step: { block: 'number', effects: [{ text: 'Number?' }] } });
  });

  it('is sent to an agent where that is said', () => {
    const moved = move('find:\n  find-agent: { skills: [support] }\ntalk:\n  connect-chat: {}', { ask: 'find' });
    expect(moved).toMatchObject({ outcome: 'begins', step: { block: 'find', effects: [{ kind: 'find-agent' }] } });
  });
});

describe('A run whose block has another id', () => {
  const to = compileScenario(
    documentOf(`
ask:
  send-message: { text: 'Your order?', wait: { into: order, timeout: 10m } }
search:
  find-agent: { skills: [support], timeout: 5m }
chat:
  connect-chat: {}
after:
  send-message: { text: 'Good bye' }
`),
  );

  it('hears the answer to what it has asked the world, and asks under names of its own from then on', () => {
    const run = new ScenarioRun(before).answer('message.sent').write('17').reserve().accept();
    const blocks = planBlocks(run.scenario, to);
    expect(blocks).toMatchObject({ find: 'search', talk: 'chat' });
    const moved = moveRun({ from: run.scenario, to, blocks }, run.result.state, run.now);
    if (moved.outcome === 'refused') throw new Error(moved.reason);
    const ended = happenTo(to, moved.step.state, run);
    expect(ended).toMatchObject({ block: 'after', effects: [{ kind: 'send-message', id: 'after:4' }] });
  });
});

function happenTo(scenario: CompiledScenario, state: ScenarioState, run: ScenarioRun): LiveRun['result'] {
  const live = { result: { ...run.result, state }, open: [run.lastEffect], now: run.now };
  // The one thing that is open is the chat: whatever the dice say, it ends.
  return happen(scenario, live, () => 1).result;
}
