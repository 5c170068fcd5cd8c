import type { RoutingRepository } from '../../adapters/mongo/routing-repository.ts';
import type { Arrival } from '../../contracts/queue-view-schema.ts';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

/** Decisions that one answer is made from. */
const MOST_DECISIONS = 100_000;

/**
 * Who came when and wanted what, from the decisions of a dispatcher: each conversation once, by its last question; how long
 * an agent had it, or how long it waited for nothing.
 */
export async function listArrivals(
  routing: Pick<RoutingRepository, 'listDecisionsBetween'>,
  period: { group: string; from: number; to: number },
): Promise<{ arrivals: Arrival[]; isCut: boolean }> {
  const decisions = await routing.listDecisionsBetween({ ...period, limit: MOST_DECISIONS });
  const byConversation = new Map<string, Arrival>();
  for (const decision of decisions) {
    const known = byConversation.get(decision.conversationId);
    const arrival = addTo(known, decision);
    if (arrival) byConversation.set(decision.conversationId, arrival);
  }
  const arrivals = [...byConversation.values()].toSorted((one, other) => one.queuedAt - other.queuedAt);
  return { arrivals, isCut: decisions.length === MOST_DECISIONS };
}

function addTo(known: Arrival | undefined, decision: RoutingDecision): Arrival | undefined {
  const { asked, outcome, at, heldMs } = decision;
  if (outcome === 'released') return known && { ...known, handleMs: (known.handleMs ?? 0) + (heldMs ?? 0) };
  if (!asked) return known;
  const patienceMs = outcome === 'abandoned' ? at - asked.queuedAt : undefined;
  const { patienceMs: _gaveUp, ...rest } = known ?? {};
  return withoutUndefined({ ...rest, ...asked, patienceMs });
}
