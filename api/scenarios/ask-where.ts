import type { LiveScenario } from '../../contracts/actor-messages.ts';
import type { AppDependencies } from '../dependencies.ts';

/** Where a conversation stands, asked of itself. Undefined: it runs no more. `away`: it cannot be asked in this moment. */
export async function askWhere(
  { actors, logger }: Pick<AppDependencies, 'actors' | 'logger'>,
  workflowId: string,
): Promise<LiveScenario | undefined | 'away'> {
  try {
    return await actors.getLiveScenario(workflowId);
  } catch (error) {
    logger.warn({ err: error, workflowId }, 'a conversation did not say where it is');
    return 'away';
  }
}

/** How many came to what; what nothing came to is left out. */
export function countOutcomes<Outcome extends string>(
  rows: readonly { outcome: Outcome }[],
): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
