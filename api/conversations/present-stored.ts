import { MAX_RECORDED_INPUTS, type ConversationRecord } from '../../contracts/conversation-record.ts';
import type { StoredConversation, StoredMessage } from '../../contracts/stored-conversation-schema.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A conversation with all that its scenario was told, as the API gives it to back-tests. */
export function presentStored(
  record: ConversationRecord,
  messages: StoredMessage[],
  isCut: boolean,
): StoredConversation {
  const { conversationId: id, pageId, psid, scenario = null, block = null, entry, service } = record;
  const { startedAt, endedAt, endReason, openedWith, recordedInputs = [] } = record;
  return {
    id,
    pageId,
    psid,
    scenario,
    block,
    startedAt: iso(startedAt),
    ...(entry !== undefined && { entry }),
    ...(service !== undefined && { service }),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
    ...(endReason !== undefined && { endReason }),
    openedWith: openedWith === undefined ? null : (JSON.parse(openedWith) as StoredConversation['openedWith']),
    messages,
    recordedInputs: recordedInputs.map(({ at, seq, event }) => ({
      at: iso(at),
      seq,
      event: JSON.parse(event) as StoredConversation['recordedInputs'][number]['event'],
    })),
    isCut: isCut || recordedInputs.length >= MAX_RECORDED_INPUTS,
  };
}
