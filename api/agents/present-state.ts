import type { AgentPresence } from '../../adapters/mongo/presence-repository.ts';
import type { AgentStateView } from '../../contracts/agent-command-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

/** An agent's state as the API gives it. */
export function presentState({ username, state, reason, at, setBy, next }: AgentPresence): AgentStateView {
  return withoutUndefined({ username, state, at: new Date(at).toISOString(), reason, setBy, next });
}
