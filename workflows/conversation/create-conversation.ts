import type { ConversationContext } from '../../contracts/conversation-context.ts';
import type { ScenarioState } from '../../scenario-dsl/run/step.ts';
import type { HistoryState, OpenConversation } from './actor-state.ts';

/** A conversation in which nothing has happened yet. */
export function createConversation(
  id: string,
  { now, context, scenario }: { now: number; context: ConversationContext; scenario: ScenarioState },
): OpenConversation {
  return {
    id,
    startedAt: now,
    context,
    scenario,
    block: '',
    nextSeq: 1,
    outbox: [],
    offerCount: 0,
    servedBy: [],
    refusedBy: [],
    routing: { nextNumber: 1, stated: {}, releases: [] },
    history: createHistoryState(),
  };
}

/** State of a history that says nothing yet. */
function createHistoryState(): HistoryState {
  return { nextSeq: 1, blockEvents: 0, segmentCount: 0, open: [], segments: [] };
}
