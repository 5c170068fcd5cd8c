import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationView } from '../../contracts/conversation-view-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findCasesOf } from '../people/find-people-of.ts';
import { presentConversation } from './present-conversation.ts';

type Deps = Pick<AppDependencies, 'people' | 'configuration'>;

/** Conversations with whom they are with, as the API gives them. */
export async function presentConversations(
  deps: Deps,
  records: readonly ConversationRecord[],
): Promise<ConversationView[]> {
  const [accounts, contacts] = await Promise.all([
    deps.configuration.get(),
    deps.people.contacts.findOfConversations(records),
  ]);
  return records.map((record) =>
    presentConversation(record, { accounts, contact: contacts.get(record.conversationId) }),
  );
}

/** The cases that whoever takes a conversation has to know. */
export async function findCases(deps: Deps, record: ConversationRecord): Promise<ConversationView['cases']> {
  const contacts = await deps.people.contacts.findOfConversations([record]);
  return findCasesOf(deps, record, contacts.get(record.conversationId));
}
