import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';

/** Whoever dies in the middle of a change keeps the others from theirs so long. */
const TURN_MS = 15_000;
const LOOK_AGAIN_MS = 25;
/** Longer than a turn: behind a dead process everybody gets theirs. */
const PATIENCE_MS = 25_000;

/** Keeps the turn while a change writes. @throws AppError SERVICE_UNAVAILABLE where it was lost, because the process stood still */
export type KeepTurn = () => Promise<void>;

/**
 * Changes the configuration by what it is at that moment: `plan` checks the change against all of it and writes nothing, `write`
 * carries it out while nobody else writes. Where somebody else was first, it is planned anew against what they have made of
 * it, so that of two changes that exclude each other one is refused. The revision rises before and after.
 * @throws AppError SERVICE_UNAVAILABLE where others change it all the time; what `plan` and `write` throw
 */
export async function changeInTurn<Plan>(
  { store, now }: Pick<AppDependencies, 'store' | 'now'>,
  plan: (stored: ConfigurationSnapshot) => Promise<Plan>,
  write: (plan: Plan, keepTurn: KeepTurn) => Promise<void>,
): Promise<Plan> {
  const by = randomUUID();
  const givesUpAt = performance.now() + PATIENCE_MS;
  const keepTurn: KeepTurn = async () => {
    if (!(await store.keepTurn({ by, until: now() + TURN_MS }))) throw new AppError('SERVICE_UNAVAILABLE');
  };
  while (performance.now() < givesUpAt) {
    const stored = await loadConfiguration(store);
    const planned = await plan(stored);
    if (await store.takeTurn(stored.revision, { by, now: now(), until: now() + TURN_MS })) {
      try {
        await write(planned, keepTurn);
      } finally {
        await store.endTurn(by);
      }
      return planned;
    }
    await sleep(LOOK_AGAIN_MS);
    while (performance.now() < givesUpAt && (await store.isTurnTaken(now()))) await sleep(LOOK_AGAIN_MS);
  }
  throw new AppError('SERVICE_UNAVAILABLE');
}
