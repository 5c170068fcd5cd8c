import { describe, expect, it } from 'vitest';
import { startKiller, type Killer, type Victim } from '../../dev/fault-run/killer.ts';

const SECOND = 1000;

/** A supervisor whose next worker is up `startsInMs` after the death of the one before, and handles one thing in its life. */
function createScene(scene: { startsInMs: number; handlesAfterMs: number; mostKills?: number }) {
  const { startsInMs, handlesAfterMs, mostKills } = scene;
  let now = 0;
  let upAt = startsInMs;
  let pid = 1;
  let handledByDead = 0;
  const deaths: { pid: number; at: number; lived: number; handled: number }[] = [];
  const handled = (): number => (now - upAt >= handlesAfterMs ? 1 : 0);
  const victim: Victim = {
    pidOfLiving: () => Promise.resolve(now >= upAt ? pid : undefined),
    progress: () => Promise.resolve(handledByDead + handled()),
    kill(killed) {
      deaths.push({ pid: killed, at: now, lived: now - upAt, handled: handled() });
      handledByDead += handled();
      pid += 1;
      upAt = now + startsInMs;
    },
  };
  const stopAt = { deaths: 3 };
  const clock = {
    now: () => now,
    sleep: (ms: number, signal: AbortSignal): Promise<void> => {
      now += ms;
      if (deaths.length >= stopAt.deaths) void killer.stop();
      signal.throwIfAborted();
      return Promise.resolve();
    },
  };
  const logged: string[] = [];
  const killer: Killer = startKiller(victim, {
    everyMs: 2 * SECOND,
    mostKills,
    clock,
    log: (line) => logged.push(line),
  });
  return { killer, deaths, logged, untilDeaths: () => untilCount(deaths, stopAt.deaths, killer) };
}

async function untilCount(deaths: readonly unknown[], count: number, killer: Killer): Promise<void> {
  for (let turns = 0; deaths.length < count && turns < 10_000; turns += 1) await Promise.resolve();
  await killer.stop();
}

describe('the killer of a fault run', () => {
  it.each([100, 5 * SECOND, 90 * SECOND])('lets each worker live that takes %d ms to come up', async (startsInMs) => {
    const scene = createScene({ startsInMs, handlesAfterMs: SECOND });
    await scene.untilDeaths();
    expect(scene.deaths.map(({ pid }) => pid)).toEqual([1, 2, 3]);
    for (const { lived, handled } of scene.deaths) {
      expect(lived).toBeGreaterThanOrEqual(2 * SECOND);
      expect(lived).toBeLessThanOrEqual(4 * SECOND);
      expect(handled).toBe(1);
    }
    expect(scene.killer.kills()).toBe(3);
  });

  it('waits until a slow worker has handled something', async () => {
    const scene = createScene({ startsInMs: SECOND, handlesAfterMs: 11 * SECOND });
    await scene.untilDeaths();
    expect(scene.deaths.map(({ handled }) => handled)).toEqual([1, 1, 1]);
  });

  it('kills a worker that finds nothing to do, too, after a while', async () => {
    const scene = createScene({ startsInMs: SECOND, handlesAfterMs: Infinity });
    await scene.untilDeaths();
    expect(scene.deaths).toHaveLength(3);
    for (const { lived } of scene.deaths) expect(lived).toBeGreaterThanOrEqual(22 * SECOND);
  });

  it('stops after as many kills as were asked for', async () => {
    const scene = createScene({ startsInMs: SECOND, handlesAfterMs: 0, mostKills: 2 });
    for (let turns = 0; turns < 1000; turns += 1) await Promise.resolve();
    await scene.killer.stop();
    expect(scene.deaths).toHaveLength(2);
  });

  it('ends with a line where it cannot kill', async () => {
    const logged: string[] = [];
    const killer = startKiller(
      {
        pidOfLiving: () => Promise.resolve(7),
        progress: () => Promise.resolve(undefined),
        kill: () => {
          throw new Error('no such process');
        },
      },
      { everyMs: 1, clock: { now: () => Infinity, sleep: () => Promise.resolve() }, log: (line) => logged.push(line) },
    );
    for (let turns = 0; logged.length === 0 && turns < 1000; turns += 1) await Promise.resolve();
    await killer.stop();
    expect(logged).toEqual(['no more kills: no such process']);
  });
});
