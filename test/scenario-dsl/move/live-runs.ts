import type { CompiledScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import {
  startScenario,
  step,
  type Effect,
  type ScenarioEvent,
  type StepResult,
} from '../../../scenario-dsl/run/step.ts';
import { bob } from '../scenario-run.ts';

/** A conversation in the middle: its run, and what the world still owes it an answer to. */
export interface LiveRun {
  result: StepResult;
  open: Effect[];
  now: number;
}

const BEGIN = 1_800_000_000_000;

/** Gives whole numbers at random. */
export type Dice = () => number;

/** Dice that throw the same again for the same seed. Source: mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  };
}

export function beginRun(scenario: CompiledScenario): LiveRun {
  const item = { message: 'Hello', interactionId: 'c1', startedBy: 'message' };
  const result = startScenario(scenario, { variables: { item }, onErrorText: 'Sorry' }, BEGIN);
  return keep({ open: [], now: BEGIN }, result);
}

/** The run after a step, and what is still open then. */
export function keep({ open, now }: Pick<LiveRun, 'open' | 'now'>, result: StepResult): LiveRun {
  const state = JSON.parse(JSON.stringify(result.state)) as StepResult['state'];
  const all = [...open, ...result.effects.filter(({ kind }) => ANSWERED.has(kind))];
  const cancelled = new Set(result.effects.flatMap(({ kind, id }) => (ANSWERED.has(kind) ? [] : [id])));
  return { result: { ...result, state }, open: all.filter(({ id }) => !cancelled.has(id)), now };
}

const ANSWERED = new Set<Effect['kind']>(['send-message', 'find-agent', 'connect-chat', 'operation']);

/** One thing that happens, as the dice fall. */
export function happen(scenario: CompiledScenario, run: LiveRun, dice: Dice): LiveRun {
  const { event, open, now } = chooseEvent(run, dice);
  return keep({ open, now }, step(scenario, run.result.state, event, now));
}

interface Happening {
  event: ScenarioEvent;
  open: Effect[];
  now: number;
}

function chooseEvent({ result, open, now }: LiveRun, dice: Dice): Happening {
  const effect = open[dice() % Math.max(open.length, 1)];
  if (effect && dice() % 3 > 0) {
    const isConnected = JSON.stringify(result.state.snapshot.value).includes('connected');
    const event = answer(effect, { isGood: dice() % 4 > 0, isConnected });
    // An offer that was accepted is answered once more, when the chat ends.
    const isOpen = event.type === 'offer.accepted';
    return { event, open: isOpen ? open : open.filter((each) => each !== effect), now: now + 1000 };
  }
  const due = result.state.deadlines.toSorted((one, other) => one.at - other.at)[0];
  if (due && dice() % 3 === 0) return { event: { type: 'deadline', id: due.id }, open, now: Math.max(now, due.at) };
  const text = ['invoice', 'bye', '5', 'ada@example.org'][dice() % 4] ?? '';
  const message = { text, attachments: [], at: now, mid: `m${now}` };
  return { event: { type: 'customer.message', message }, open, now: now + 1000 };
}

function answer(
  { id: effectId, kind }: Effect,
  { isGood, isConnected }: { isGood: boolean; isConnected: boolean },
): ScenarioEvent {
  if (kind === 'send-message')
    return isGood ? { type: 'message.sent', effectId } : { type: 'message.failed', effectId, reason: 'blocked' };
  if (kind === 'find-agent')
    return isGood ? { type: 'agent.reserved', effectId, agent: bob } : { type: 'agent.none', effectId };
  if (kind === 'operation')
    return { type: 'operation.completed', effectId, outcome: isGood ? 'done' : 'failed', reason: '', values: {} };
  if (isConnected) return { type: 'chat.ended', effectId, cause: 'UserHangup' };
  return isGood ? { type: 'offer.accepted', effectId, agent: bob } : { type: 'offer.rejected', effectId };
}

/** Lives a run on, until it is over or so much has happened that it must go in circles. */
export function liveOn(
  scenario: CompiledScenario,
  run: LiveRun,
  { dice, steps }: { dice: Dice; steps: number },
): LiveRun {
  let current = run;
  for (let count = 0; count < steps && current.result.status === 'running'; count += 1)
    current = happen(scenario, current, dice);
  return current;
}
