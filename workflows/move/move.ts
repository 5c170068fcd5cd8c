/**
 * Takes the running conversations of a scenario to another version, one batch after the other. Each conversation decides for itself; this
 * asks and writes down how it stands. Runs in the workflow sandbox.
 */
import { condition, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { stopMoveSignal } from '../../contracts/actor-messages.ts';
import { ENGINE_VERSION, requireKnownEngine } from '../../contracts/engine-version.ts';
import type { MoveStart, MoveState, ScenarioPin } from '../../contracts/scenario-move.ts';
import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import { surviveCancellation } from '../survive-cancellation.ts';

const { findMoveBatch, moveConversations, prepareMove, recordMove } = proxyActivities<Activities>({
  startToCloseTimeout: '3m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '500ms', maximumInterval: '20s', backoffCoefficient: 2 },
});

/** Between two looks whether the version has come in force, and how many. */
const LOOK_MS = 1000;
const LOOKS = 30;
/** What opened on the version before while the new one came in force is found by a second look. */
const PASSES = 2;
const PASS_PAUSE_MS = 3000;
/** Busy ones are asked again after so long, doubled up to the longest; so often. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const ROUNDS = 24;

/** Carried through continue-as-new. */
interface MoveProgress {
  state: MoveState;
  startedAt: number;
  busy: string[];
  looks: number;
  passes: number;
  rounds: number;
  pin?: ScenarioPin;
  /** The id behind which this pass goes on; '' at its beginning. */
  after: string;
  isStopped: boolean;
}

/** Workflow `scenarioMove`. */
export async function scenarioMove(start: MoveStart, carried?: MoveProgress): Promise<void> {
  requireKnownEngine(start.engineVersion ?? ENGINE_VERSION);
  const progress = carried ?? createProgress();
  const stop = (): void => {
    progress.isStopped = true;
  };
  setHandler(stopMoveSignal, stop);
  await surviveCancellation(() => run(start, progress), stop);
}

function createProgress(): MoveProgress {
  return {
    state: 'waiting',
    startedAt: Date.now(),
    busy: [],
    looks: 0,
    passes: 0,
    rounds: 0,
    after: '',
    isStopped: false,
  };
}

async function run(start: MoveStart, progress: MoveProgress): Promise<void> {
  await record(start, progress);
  while (!isOver(progress)) {
    if (progress.isStopped) progress.state = 'stopped';
    else if (progress.state === 'waiting') await look(start, progress);
    else if (progress.passes < PASSES) await takeBatch(start, progress);
    else await askBusy(start, progress);
    await record(start, progress);
    if (!isOver(progress) && isContinueAsNewWanted()) await goOnAsNew(start, progress);
  }
}

function goOnAsNew(start: MoveStart, progress: MoveProgress): Promise<never> {
  return continueAsNew<typeof scenarioMove>({ ...start, engineVersion: ENGINE_VERSION }, progress);
}

function isOver({ state }: MoveProgress): boolean {
  return state === 'done' || state === 'stopped' || state === 'abandoned';
}

/** Nobody is moved before the version is in force: a publication that fails moves nobody. */
async function look(start: MoveStart, progress: MoveProgress): Promise<void> {
  const { isInForce, pin } = await prepareMove(start);
  if (isInForce) {
    progress.state = 'moving';
    if (pin) progress.pin = pin;
    return;
  }
  progress.looks += 1;
  // An operation that does not end though it was told to is no reason to leave its conversations where they should not be.
  if (progress.looks >= LOOKS) progress.state = 'undo' in start.to ? 'moving' : 'abandoned';
  else await pause(progress, LOOK_MS);
}

async function takeBatch(start: MoveStart, progress: MoveProgress): Promise<void> {
  const { after, pin } = progress;
  const { ids, next } = await findMoveBatch({ start, ...(after !== '' && { after }) });
  const busy = ids.length === 0 ? [] : await moveConversations({ start, ids, ...(pin && { pin }) });
  // One that was busy in both passes is one.
  progress.busy = [...new Set([...progress.busy, ...busy])];
  progress.after = next ?? '';
  if (next !== undefined) return;
  progress.passes += 1;
  if (progress.passes < PASSES) await pause(progress, PASS_PAUSE_MS);
  else if (progress.busy.length === 0) progress.state = 'done';
}

async function askBusy(start: MoveStart, progress: MoveProgress): Promise<void> {
  await pause(progress, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** progress.rounds));
  if (progress.isStopped) return;
  const { pin } = progress;
  progress.rounds += 1;
  progress.busy = await moveConversations({ start, ids: progress.busy, ...(pin && { pin }) });
  if (progress.busy.length === 0 || progress.rounds >= ROUNDS) progress.state = 'done';
}

async function pause(progress: MoveProgress, ms: number): Promise<void> {
  if (!progress.isStopped) await condition(() => progress.isStopped, ms);
}

async function record({ id, scenario, to, blocks, by }: MoveStart, progress: MoveProgress): Promise<void> {
  const { state, startedAt } = progress;
  const endedAt = isOver(progress) ? { endedAt: Date.now() } : {};
  await recordMove({ id, scenario, to, blocks, by, state, startedAt, ...endedAt });
}
