import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentStored } from './present-stored.ts';

/** Longer conversations are told as cut: nobody goes through them again. */
const MAX_STORED_MESSAGES = 2000;

/** A conversation with all that its scenario was told. */
export async function findStored(
  { conversations }: Pick<AppDependencies, 'conversations'>,
  record: ConversationRecord,
): Promise<StoredConversation> {
  const messages = await conversations.listStored(record.conversationId, MAX_STORED_MESSAGES + 1);
  const isCut = messages.length > MAX_STORED_MESSAGES;
  return presentStored(record, messages.slice(0, MAX_STORED_MESSAGES), isCut);
}
