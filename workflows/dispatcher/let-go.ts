import { dropAfterWork } from './after-work.ts';
import { listAssignments, rememberDeparture, setAssignments } from './dispatcher-state.ts';
import type { Assignment, DispatcherState } from './dispatcher-state.ts';
import type { Consequence } from './take-item.ts';

/** Takes every chat, reservation and paper work from an agent who is gone. */
export function letGoOf(
  state: DispatcherState,
  username: string,
  { cause, now }: { cause: 'UserLogout' | 'Failure'; now: number },
): Consequence[] {
  const lost = listAssignments(state)
    .filter(({ assignment }) => assignment.agent === username)
    .map(({ conversationId, assignment }): Consequence => {
      takeBack(state, conversationId, assignment);
      return { type: 'agent-lost', conversationId, assignment, cause };
    });
  return [...lost, ...dropAfterWork(state, username, now)];
}

/** Frees one slot that a conversation holds. */
export function takeBack(state: DispatcherState, conversationId: string, assignment: Assignment): void {
  const kept = (state.assignments[conversationId] ?? []).filter((each) => each !== assignment);
  setAssignments(state, conversationId, kept);
  rememberDeparture(state, conversationId, assignment.number);
}
