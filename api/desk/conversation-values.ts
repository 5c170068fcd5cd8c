import { cannedValuesOf, type CannedValues } from '../../contracts/canned-response.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentCustomer } from './present-customer.ts';

type Deps = Pick<AppDependencies, 'configuration' | 'people'>;

/** What the placeholders of a canned response stand for where this agent writes in this conversation. */
export async function valuesForConversation(
  deps: Deps,
  record: ConversationRecord,
  agent: { name: string },
): Promise<CannedValues> {
  const [configuration, contacts] = await Promise.all([
    deps.configuration.get(),
    deps.people.contacts.findOfConversations([record]),
  ]);
  const fields = [...(record.annotations?.attachedData ?? []), ...(record.answers ?? [])];
  return cannedValuesOf({
    customer: presentCustomer(record, contacts.get(record.conversationId)),
    agent,
    service: record.service,
    page: configuration.accountByPage(record.pageId)?.name,
    answers: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  });
}
