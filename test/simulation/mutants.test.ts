import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetsTheInboxAtTheEnd } from './mutants/forgets-the-inbox-at-the-end.ts';
import { givesASlotTwice } from './mutants/gives-a-slot-twice.ts';
import { ignoresWhoWaits } from './mutants/ignores-who-waits.ts';
import { isDeafToALogOut } from './mutants/is-deaf-to-a-log-out.ts';
import { keepsTheSlot } from './mutants/keeps-the-slot.ts';
import { sendsADoubtfulPartAgain } from './mutants/sends-a-doubtful-part-again.ts';
import { bundleSimulation } from './stories/bundle-simulation.ts';
import { simulateWorlds } from './stories/world-threads.ts';

const MUTANTS = [
  forgetsTheInboxAtTheEnd,
  givesASlotTwice,
  ignoresWhoWaits,
  isDeafToALogOut,
  keepsTheSlot,
  sendsADoubtfulPartAgain,
];
/** A fault that takes more worlds than this is not looked for well enough. */
const WORLDS = 1000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulated-world-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the simulated world', () => {
  it.each(MUTANTS)('finds out that $fault', { timeout: 180_000 }, async (mutant) => {
    const bundle = path.join(folder, `${MUTANTS.indexOf(mutant)}.mjs`);
    await bundleSimulation(bundle, [mutant]);
    const isFound = (invariants: readonly { invariant: string }[]): boolean =>
      invariants.some(({ invariant }) => invariant === mutant.breaks);
    const { broken } = await simulateWorlds({
      bundle,
      threads: 2,
      firstSeed: 1,
      worlds: WORLDS,
      isEnough: (progress) => isFound(progress.broken),
    });
    expect(isFound(broken)).toBe(true);
  });
});
