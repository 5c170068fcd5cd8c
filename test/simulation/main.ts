/**
 * `npm run simulate-world`: plays simulated worlds and tells what breaks in them. Goes on from the last seed when it is
 * started again. Exit code 1: something broke.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleSimulation } from './stories/bundle-simulation.ts';
import { writeStory, type BrokenWorld } from './stories/story.ts';
import { simulateWorlds, tellStory, type Progress } from './stories/world-threads.ts';

const FOLDER = fileURLToPath(new URL('../../.attendant', import.meta.url));
const BUNDLE = path.join(FOLDER, 'simulated-world.mjs');
const STATE = path.join(FOLDER, 'simulated-world.json');
/** Stories told of each invariant. */
const STORIES = 2;
const REPORT_EVERY_MS = 10_000;

const USAGE = `npm run simulate-world -- [options]
  --worlds N    play N worlds (10,000 where neither this nor --minutes is given)
  --minutes M   play for so long
  --seed S      begin with this seed; else where the last run ended
  --threads T   play in so many threads (one for each core)
  --story       tell the world of --seed, cut down where it breaks something
  --whole       with --story: tell all of it`;

const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    story: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Totals over all runs. */
interface State {
  nextSeed: number;
  worlds: number;
  events: number;
}

async function readState(): Promise<State> {
  try {
    return JSON.parse(await readFile(STATE, 'utf8')) as State;
  } catch {
    return { nextSeed: 1, worlds: 0, events: 0 };
  }
}

async function tellOne(seed: number): Promise<void> {
  const story = await tellStory(BUNDLE, seed, { isWhole: values.whole });
  console.log(story ? writeStory(story) : `seed ${seed}: nothing breaks`);
}

async function playMany(): Promise<void> {
  const state = await readState();
  const firstSeed = values.seed === undefined ? state.nextSeed : Number(values.seed);
  const minutes = values.minutes === undefined ? Infinity : Number(values.minutes);
  const worlds = values.worlds === undefined ? (minutes < Infinity ? Infinity : 10_000) : Number(values.worlds);
  const startedAt = Date.now();
  let reportedAt = startedAt;
  let told = 0;
  // Whoever stops it loses ten seconds of it, and knows what broke.
  const report = ({ worlds: played, events, broken, nextSeed }: Progress): Promise<void> => {
    const perMinute = Math.round((played / (Date.now() - startedAt)) * 60_000);
    console.log(`${played} worlds, ${events} events, ${broken.length} broken; ${perMinute} worlds a minute`);
    for (; told < broken.length; told += 1) console.log(tellBriefly(broken[told]));
    const total = { nextSeed, worlds: state.worlds + played, events: state.events + events };
    return writeFile(STATE, JSON.stringify(total));
  };
  const progress = await simulateWorlds({
    bundle: BUNDLE,
    threads: Number(values.threads ?? availableParallelism()),
    firstSeed,
    worlds,
    forMs: minutes * 60_000,
    onProgress: (now) => {
      if (Date.now() - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = Date.now();
      void report(now);
    },
  });
  await report(progress);
  const [total, events] = [state.worlds + progress.worlds, state.events + progress.events];
  console.log(`seeds ${firstSeed} to ${progress.nextSeed - 1}; over all runs ${total} worlds, ${events} events`);
  await tellBroken(progress.broken);
}

function tellBriefly(broken: BrokenWorld | undefined): string {
  return broken ? `  seed ${broken.seed}: ${broken.invariant}: ${broken.what}` : '';
}

async function tellBroken(broken: readonly BrokenWorld[]): Promise<void> {
  const invariants = new Set(broken.map(({ invariant }) => invariant));
  for (const invariant of invariants) {
    const found = broken.filter((world) => world.invariant === invariant);
    console.log(
      `\n${found.length} × ${invariant}: seeds ${found
        .map(({ seed }) => seed)
        .slice(0, 20)
        .join(', ')}`,
    );
    for (const { seed } of found.slice(0, STORIES)) await tellOne(seed);
  }
  if (broken.length > 0) process.exitCode = 1;
}

if (values.help) {
  console.log(USAGE);
} else {
  await mkdir(FOLDER, { recursive: true });
  await bundleSimulation(BUNDLE);
  if (values.story) await tellOne(Number(values.seed));
  else await playMany();
}
