import { randomUUID } from 'node:crypto';
import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Canary } from '../../contracts/canary.ts';
import type { AppDependencies } from '../dependencies.ts';
import { compareCanary } from './compare-canary.ts';
import { isBreached } from './tell-canary-end.ts';
import { tellAndNote, writeCanary } from './write-canary.ts';

/** How often canaries are compared with the rest, by one process. */
export const CANARY_TICK_MS = 15_000;

/**
 * Takes a canary back that does too much worse than the rest: nobody new gets it from then on, whoever has it goes on. First it is written,
 * then told; what a process that died has not told, the next one does.
 */
export function createCanaryWatch(deps: AppDependencies): { tick(): Promise<void> } {
  const by = randomUUID();
  return {
    async tick() {
      const now = deps.now();
      const until = now + CANARY_TICK_MS / 2;
      if (!(await deps.canaryWatch.claim('canaries', { by, now, until }))) return;
      for (const head of await deps.store.scenarioHeads.list()) {
        const { canary } = head;
        if (!canary || canary.isTold) continue;
        if (canary.end) await tellAndNote(deps, { ...head, canary });
        else await judge(deps, head, canary);
      }
    },
  };
}

async function judge(deps: AppDependencies, head: ScenarioHead, canary: Canary): Promise<void> {
  const { verdicts } = await compareCanary(deps, head, canary);
  if (!verdicts.some(isBreached)) return;
  const end = { how: 'returned', at: deps.now(), verdicts } as const;
  const returned = { ...canary, revision: canary.revision + 1, end };
  try {
    await writeCanary(deps, { head, canary: returned, caller: { by: 'attendant' } });
  } catch (error) {
    // Somebody has changed or ended it in this very moment: theirs holds, and the next look judges anew.
    if (!(error instanceof AppError && error.code === 'SCENARIO_CHANGED')) throw error;
  }
}
