import type { AnyBulkWriteOperation } from 'mongodb';
import type { BulkWriter } from '../bulk-writer.ts';
import type { ConversationsRepository } from '../conversations-repository.ts';
import type { MessageDocument } from '../message-document.ts';
import type { MessagesRepository } from '../messages-repository.ts';
import type { EvaluationsRepository } from '../evaluations-repository.ts';
import type { WrapUpsRepository } from '../wrap-ups-repository.ts';
import type { RecordMarks } from './record-marks.ts';

/** A writer of transcripts that marks the conversations of new rows: what they say has to be found. */
export function markNewMessages(writer: BulkWriter<MessageDocument>, marks: RecordMarks): BulkWriter<MessageDocument> {
  return {
    write(operation) {
      const conversationId = conversationOf(operation);
      return conversationId ? marks.beside(conversationId, () => writer.write(operation)) : writer.write(operation);
    },
  };
}

function conversationOf(operation: AnyBulkWriteOperation<MessageDocument>): string | undefined {
  if (!('updateOne' in operation) || Array.isArray(operation.updateOne.update)) return undefined;
  const { $set, $setOnInsert } = operation.updateOne.update;
  const named: { conversationId?: string } = { ...$set, ...$setOnInsert };
  return named.conversationId;
}

/** A repository of conversations that marks what it changes. */
export function markConversations(conversations: ConversationsRepository, marks: RecordMarks): ConversationsRepository {
  return {
    ...conversations,
    record: (record) => marks.beside(record.conversationId, () => conversations.record(record)),
    changeLabels: (id, change) => marks.beside(id, () => conversations.changeLabels(id, change)),
    async recallEarlier(key, current, now) {
      const earlier = await conversations.recallEarlier(key, current, now);
      // Some of them were ended by this. Asked again it names the same.
      await Promise.all(
        earlier.departures.map(({ conversationId }) => marks.beside(conversationId, async () => undefined)),
      );
      return earlier;
    },
  };
}

/** A repository of transcripts that marks the conversation into which it puts what others said. */
export function markAdoptions(messages: MessagesRepository, marks: RecordMarks): MessagesRepository {
  return {
    ...messages,
    adoptForeign: (key, conversation) =>
      marks.beside(conversation.conversationId, () => messages.adoptForeign(key, conversation)),
  };
}

/** A repository of wrap-ups that marks the conversation of which an agent says something. */
export function markWrapUps(wrapUps: WrapUpsRepository, marks: RecordMarks): WrapUpsRepository {
  return {
    ...wrapUps,
    recordContent: (key, content, at) =>
      marks.beside(key.conversationId, () => wrapUps.recordContent(key, content, at)),
  };
}

/** A repository of evaluations that marks the conversation of which one is kept: searches know which are graded. */
export function markEvaluations(evaluations: EvaluationsRepository, marks: RecordMarks): EvaluationsRepository {
  return {
    ...evaluations,
    replace: (evaluation) => marks.beside(evaluation.conversationId, () => evaluations.replace(evaluation)),
  };
}
