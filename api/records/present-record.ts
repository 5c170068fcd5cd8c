import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { SaidText } from '../../adapters/mongo/records/record-index.ts';
import type { FoundRecord } from '../../adapters/mongo/records/search-records.ts';
import type { Contact } from '../../contracts/contact.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { outcomeOf } from '../../contracts/record-outcome.ts';
import type { RecordView } from '../../contracts/record-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { presentCustomer } from '../desk/present-customer.ts';
import { presentContactSummary } from '../people/present-people.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Everything that a line of the list is made from. */
interface RecordParts {
  record: ConversationRecord;
  found: Pick<FoundRecord, 'dispositions' | 'messages' | 'evaluationScores' | 'surveyScore'>;
  contact: Contact | undefined;
  /** In which the words stand. */
  excerpt: SaidText | undefined;
}

/** A record as the list of them gives it; accounts and agents are named as they are now. */
export function presentRecord(
  configuration: Pick<ConfigurationSnapshot, 'accountByPage' | 'user'>,
  { record, found, contact, excerpt }: RecordParts,
): RecordView {
  const { conversationId: id, pageId, psid, service, entry, scenario = null, endReason, labels = [] } = record;
  const { startedAt, endedAt, queuedAt, acceptedAt, servedBy } = record;
  const waitedUntil = acceptedAt ?? endedAt;
  return withoutUndefined({
    id,
    startedAt: iso(startedAt),
    endedAt: endedAt === undefined ? undefined : iso(endedAt),
    pageId,
    account: configuration.accountByPage(pageId)?.name,
    psid,
    customer: presentCustomer(record, contact),
    contact: contact && presentContactSummary(contact),
    service,
    entry,
    scenario,
    agents: servedBy.map((username) => ({ username, name: configuration.user(username)?.name ?? username })),
    outcome: outcomeOf(record),
    endReason,
    dispositions: found.dispositions,
    labels,
    messages: found.messages,
    evaluationScores: found.evaluationScores,
    surveyScore: found.surveyScore,
    waitMs: queuedAt === undefined || waitedUntil === undefined ? undefined : waitedUntil - queuedAt,
    lengthMs: endedAt === undefined ? undefined : endedAt - startedAt,
    excerpt: excerpt && { ...excerpt, at: iso(excerpt.at) },
  });
}
