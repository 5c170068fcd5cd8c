import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationView } from '../../contracts/conversation-view-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findCasesOf } from '../people/find-people-of.ts';
import { presentContactSummary } from '../people/present-people.ts';
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
  return records.map((record) => {
    const contact = contacts.get(record.conversationId);
    return { ...presentConversation(record, accounts), ...(contact && { contact: presentContactSummary(contact) }) };
  });
}

/** One conversation, with the cases that whoever takes it has to know. */
export async function presentOneConversation(deps: Deps, record: ConversationRecord): Promise<ConversationView> {
  const { conversationId } = record;
  const [accounts, contacts] = await Promise.all([
    deps.configuration.get(),
    deps.people.contacts.findOfConversations([record]),
  ]);
  const contact = contacts.get(conversationId);
  const cases = await findCasesOf(deps, record, contact);
  return {
    ...presentConversation(record, accounts),
    ...(contact && { contact: presentContactSummary(contact) }),
    cases,
  };
}
