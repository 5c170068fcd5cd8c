import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ApiMetrics } from '../metrics.ts';

const CLAIM_MS = 30_000;
const MAX_LOSSES_PER_SWEEP = 1000;

type WatchDependencies = Pick<AppDependencies, 'actors' | 'configuration' | 'presence' | 'now' | 'logger'>;

/**
 * Finds agents whose lease has run out and tells their dispatchers. Any number of api processes may do so: a loss is
 * claimed by one of them, and marked as told only after the signal, so that a crash between the two tells it again.
 * Gives the number of losses told.
 */
export async function reportLostAgents(deps: WatchDependencies, metrics: ApiMetrics): Promise<number> {
  const { actors, configuration, presence, now, logger } = deps;
  for (let count = 0; count < MAX_LOSSES_PER_SWEEP; count += 1) {
    const at = now();
    const username = await presence.claimExpired(at, at + CLAIM_MS);
    if (username === undefined) return count;
    const group = (await configuration.get()).groupOfUser(username);
    if (group !== undefined) await actors.tellPresence(group, { username, presence: 'lost', at });
    const isStillLost = await presence.markLost(username, at);
    if (group !== undefined && !isStillLost) {
      await actors.tellPresence(group, { username, presence: 'back', at: now() });
    }
    metrics.presenceLosses.inc();
    logger.info({ username, group }, 'agent lost: lease ran out');
  }
  return MAX_LOSSES_PER_SWEEP;
}

/** Runs a task every `intervalMs`, never twice at once; a failure is logged and the next run tries again. */
export function runEvery(
  intervalMs: number,
  task: () => Promise<unknown>,
  logger: Pick<AppDependencies['logger'], 'warn'>,
): () => void {
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    task()
      .catch((error: unknown) => {
        logger.warn(
          { err: error, isExpected: error instanceof AppError },
          'background task failed, trying again later',
        );
      })
      .finally(() => {
        isRunning = false;
      });
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
