import { createOutbox, type Outbox } from './dispatcher-state.ts';

/** Of each kind, told in one activity: it finishes in time also after a burst of thousands. */
const PIECE = 100;

/** What is told next; undefined where nothing is left. It stays in the outbox until it was told. */
export function nextPiece(outbox: Outbox): Outbox | undefined {
  const piece: Outbox = {
    notifications: outbox.notifications.slice(0, PIECE),
    decisions: outbox.decisions.slice(0, PIECE),
    agentStates: outbox.agentStates.slice(0, PIECE),
    agentEvents: outbox.agentEvents.slice(0, PIECE),
    alerts: outbox.alerts.slice(0, PIECE),
    afterWork: (outbox.afterWork ?? []).slice(0, PIECE),
  };
  return isEmpty(piece) ? undefined : piece;
}

/** Takes what was told out of the outbox. */
export function withoutPiece(outbox: Outbox, piece: Outbox): Outbox {
  return {
    ...createOutbox(),
    notifications: outbox.notifications.slice(piece.notifications.length),
    decisions: outbox.decisions.slice(piece.decisions.length),
    agentStates: outbox.agentStates.slice(piece.agentStates.length),
    agentEvents: outbox.agentEvents.slice(piece.agentEvents.length),
    alerts: outbox.alerts.slice(piece.alerts.length),
    afterWork: (outbox.afterWork ?? []).slice(piece.afterWork?.length ?? 0),
  };
}

function isEmpty({ notifications, decisions, agentStates, agentEvents, alerts, afterWork = [] }: Outbox): boolean {
  return [notifications, decisions, agentStates, agentEvents, alerts, afterWork].every(({ length }) => length === 0);
}
