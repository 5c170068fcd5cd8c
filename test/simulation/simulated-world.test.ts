import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleSimulation } from './stories/bundle-simulation.ts';
import { writeStory } from './stories/story.ts';
import { simulateWorlds, tellStory } from './stories/world-threads.ts';

/**
 * Two quiet cores play 3,000 a minute. All of them have been played without a break, so how many of them a machine reaches
 * says nothing about whether they pass: raised only after more have been played.
 */
const WORLDS = 5_000;
/** A busy machine plays fewer. */
const LONGEST_MS = 90_000;

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulated-world-'));
  bundle = path.join(folder, 'world.mjs');
  await bundleSimulation(bundle);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a simulated world', () => {
  it.each([1, 2, 3])('happens in the same way whenever its seed is played (%i)', async (seed) => {
    const [first, second] = [await tellWhole(seed), await tellWhole(seed)];
    expect(first.split('\n').length).toBeGreaterThan(5);
    expect(second).toBe(first);
  });

  it('differs from the world of another seed', async () => {
    expect(await tellWhole(1)).not.toBe((await tellWhole(2)).replaceAll('page-2', 'page-1'));
  });

  it('breaks nothing that must hold, as far as the time allows', { timeout: 3 * LONGEST_MS }, async () => {
    const threads = availableParallelism();
    const startedAt = Date.now();
    const played = await simulateWorlds({ bundle, threads, firstSeed: 1, worlds: WORLDS, forMs: LONGEST_MS });
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(`${played.worlds} of ${WORLDS} worlds, ${played.events} events in ${seconds} s on ${threads} threads`);
    expect(played.broken).toEqual([]);
  });
});

async function tellWhole(seed: number): Promise<string> {
  const story = await tellStory(bundle, seed, { isWhole: true });
  return story ? writeStory(story) : '';
}
