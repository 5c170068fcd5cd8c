/** Entry of the bundle: plays worlds, in a thread of its own where it is loaded as one. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { drawPlan } from '../world/draw-plan.ts';
import { playMovesInSimulation } from '../world/play-moves.ts';
import { runWorld } from '../world/run-world.ts';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';
import { shrinkPlan } from './shrink-plan.ts';
import type { BrokenWorld, Story } from './story.ts';

/** Plays the worlds of `count` seeds; gives those that broke something, and how many events happened. */
export async function runWorlds(
  from: number,
  count: number,
  onSeed: (seed: number) => void = () => undefined,
): Promise<{ broken: BrokenWorld[]; events: number }> {
  // Errors are part of the day here, and nobody reads where they were made.
  Error.stackTraceLimit = 0;
  const broken: BrokenWorld[] = [];
  let events = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    onSeed(seed);
    const { violation, events: happened } = await runWorld(drawPlan(seed));
    events += happened;
    if (violation) broken.push({ seed, ...violation });
  }
  return { broken, events };
}

/** Plays a seed again, cuts it down to what breaks the same invariant, and tells that. Undefined where nothing breaks. */
export async function tellSeed(seed: number, { isWhole = false } = {}): Promise<Story | undefined> {
  const whole = drawPlan(seed);
  const { violation } = await runWorld(whole);
  if (!violation && !isWhole) return undefined;
  const plan = isWhole || !violation ? whole : await shrinkPlan(whole, violation.invariant);
  const lines: Story['lines'] = [];
  await runWorld(plan, (line) => lines.push(line));
  return { seed, invariant: violation?.invariant ?? 'none is broken', plan, lines };
}

function answer(message: ThreadAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage(message);
}

function carryOut(request: ThreadRequest, currentSeed: Int32Array): Promise<unknown> {
  switch (request.type) {
    case 'play':
      return runWorlds(request.from, request.count, (seed) => void (currentSeed[0] = seed));
    case 'tell':
      return tellSeed(request.seed, request);
    case 'moves':
      return playMovesInSimulation(request.seed);
  }
}

function answerRequests(currentSeed: Int32Array): void {
  parentPort?.on('message', (request: ThreadRequest) => {
    const work = carryOut(request, currentSeed);
    work.then(
      (result) => answer({ result } as ThreadAnswer),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}

if (!isMainThread && parentPort && workerData) answerRequests((workerData as { currentSeed: Int32Array }).currentSeed);
