import { notesOfProgress } from '../adapters/mongo/notes-of-progress.ts';
import { isInternal, type Progress } from '../contracts/conversation-record.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { keepForWebhooks } from './keep-for-webhooks.ts';

type RecordDependencies = Pick<ActivityDependencies, 'configuration' | 'now' | 'readModel'>;

/** Writes what an actor says into the read model. Doing it twice, or late, changes nothing. */
export function createRecordProgress(deps: RecordDependencies): (progress: Progress) => Promise<void> {
  return async function recordProgress(progress) {
    const { told } = await writeProgress(deps, progress);
    await told;
  };
}

/**
 * The same for who goes on as soon as it is written: `told` resolves when those who watch have been told as well, and is to be
 * awaited before the activity ends, so that one that is cut off tells again.
 */
export async function writeProgress(deps: RecordDependencies, progress: Progress): Promise<{ told: Promise<void> }> {
  const { conversations, customers, history, live, messages } = deps.readModel;
  const { pageId, psid, conversation, messages: entries } = progress;
  const inbound = entries.filter((entry) => !isInternal(entry));
  // First: what the history tells is on its way to those outside.
  await keepForWebhooks(deps, progress);
  await Promise.all([
    conversation && conversations.record(conversation),
    progress.timers && conversations.recordTimers(progress.timers),
    conversation?.window && customers.recordWindow({ pageId, psid }, conversation.window),
    progress.history && history.recordPiece(progress.history),
    ...entries.filter(isInternal).map((message) => messages.recordInternal({ pageId, psid }, message)),
    ...inbound.map((message) => messages.recordInbound({ pageId, psid }, message)),
  ]);
  const told = live.tell(notesOfProgress(progress));
  // Awaited by the caller; a rejection that comes before must not count as unhandled, which ends the process.
  told.catch(() => undefined);
  const first = inbound.find(({ seq }) => seq === 1);
  if (first) {
    const { conversationId, at } = first;
    await messages.adoptForeign({ pageId, psid }, { conversationId, since: at });
  }
  return { told };
}
