import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';

/** The forms by which chats of a conversation's service are graded. */
export function formsFor(
  configuration: Pick<ConfigurationSnapshot, 'evaluationForms'>,
  { service }: Pick<ConversationRecord, 'service'>,
): ReturnType<ConfigurationSnapshot['evaluationForms']> {
  return configuration
    .evaluationForms()
    .filter(({ hidden, services }) => hidden !== true && (!services || services.includes(service ?? '')));
}
