import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptsBeforeTheEffects } from './mutants/accepts-before-the-effects.ts';
import { asksSeveralAtOnce } from './mutants/asks-several-at-once.ts';
import { comparesTwoClocks } from './mutants/compares-two-clocks.ts';
import { countsNoAfterWork } from './mutants/counts-no-after-work.ts';
import { diesOfACancel } from './mutants/dies-of-a-cancel.ts';
import { drivesANewerRun } from './mutants/drives-a-newer-run.ts';
import { forgetsTheInboxAtTheEnd } from './mutants/forgets-the-inbox-at-the-end.ts';
import { forgetsWhoTalks } from './mutants/forgets-who-talks.ts';
import { givesASlotTwice } from './mutants/gives-a-slot-twice.ts';
import { ignoresWhoWaits } from './mutants/ignores-who-waits.ts';
import { isDeafToALogOut } from './mutants/is-deaf-to-a-log-out.ts';
import { keepsTheSlot } from './mutants/keeps-the-slot.ts';
import { letsLettersOvertake } from './mutants/lets-letters-overtake.ts';
import { missesTheOpenWindow } from './mutants/misses-the-open-window.ts';
import { neverEndsAfterWork } from './mutants/never-ends-after-work.ts';
import { parksAfterTheEnd } from './mutants/parks-after-the-end.ts';
import { parksLate } from './mutants/parks-late.ts';
import { sendsADoubtfulPartAgain } from './mutants/sends-a-doubtful-part-again.ts';
import { sweepsNoSecondTime } from './mutants/sweeps-no-second-time.ts';
import { tellsBeforeItIsHistory } from './mutants/tells-before-it-is-history.ts';
import { waitsForAReleasedPart } from './mutants/waits-for-a-released-part.ts';
import { waitsForTheLastPart } from './mutants/waits-for-the-last-part.ts';
import { bundleSimulation } from './stories/bundle-simulation.ts';
import { simulateWorlds } from './stories/world-threads.ts';

const MUTANTS = [
  asksSeveralAtOnce,
  acceptsBeforeTheEffects,
  comparesTwoClocks,
  countsNoAfterWork,
  diesOfACancel,
  drivesANewerRun,
  forgetsTheInboxAtTheEnd,
  forgetsWhoTalks,
  givesASlotTwice,
  ignoresWhoWaits,
  isDeafToALogOut,
  keepsTheSlot,
  letsLettersOvertake,
  missesTheOpenWindow,
  neverEndsAfterWork,
  parksAfterTheEnd,
  parksLate,
  sendsADoubtfulPartAgain,
  sweepsNoSecondTime,
  tellsBeforeItIsHistory,
  waitsForAReleasedPart,
  waitsForTheLastPart,
];
/** From the mutant's seed on: enough while worlds stay as they are, and a few more. */
const WORLDS = 20;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulated-world-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the simulated world', () => {
  it.each(MUTANTS)('finds out that $fault', { timeout: 60_000 }, async (mutant) => {
    const bundle = path.join(folder, `${MUTANTS.indexOf(mutant)}.mjs`);
    await bundleSimulation(bundle, [mutant]);
    const isFound = (invariants: readonly { invariant: string }[]): boolean =>
      invariants.some(({ invariant }) => invariant === mutant.breaks);
    const { broken } = await simulateWorlds({
      bundle,
      threads: 1,
      firstSeed: mutant.seed,
      worlds: WORLDS,
      piece: 2,
      isEnough: (progress) => isFound(progress.broken),
    });
    expect(isFound(broken)).toBe(true);
  });
});
