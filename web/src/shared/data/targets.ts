import type { ConversationView } from './chats.ts';

/** How long a customer may wait for an answer where nothing else is configured. */
const USUAL_TARGET_MS = 120_000;

/** How long this chat's customer may wait: what the entry grants the agent, else the usual. */
export function answerTargetMs({ agentSilence }: Pick<ConversationView, 'agentSilence'>): number {
  if (!agentSilence) return USUAL_TARGET_MS;
  return Date.parse(agentSilence.endsAt) - Date.parse(agentSilence.since);
}
