import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleSimulation } from './stories/bundle-simulation.ts';
import { writeStory } from './stories/story.ts';
import { tellStory } from './stories/world-threads.ts';

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulated-world-'));
  bundle = path.join(folder, 'world.mjs');
  await bundleSimulation(bundle);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a simulated world', () => {
  it.each([1, 2, 3, 4, 5])('happens in the same way whenever its seed is played (%i)', async (seed) => {
    const [first, second] = [await tellWhole(seed), await tellWhole(seed)];
    expect(first.split('\n').length).toBeGreaterThan(5);
    expect(second).toBe(first);
  });

  it('differs from the world of another seed', async () => {
    expect(await tellWhole(1)).not.toBe((await tellWhole(2)).replaceAll('page-2', 'page-1'));
  });
});

async function tellWhole(seed: number): Promise<string> {
  const story = await tellStory(bundle, seed, { isWhole: true });
  return story ? writeStory(story) : '';
}
