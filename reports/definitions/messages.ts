import type { ConversationEvent } from '../../contracts/history-event.ts';
import type { DeliveryStatus } from '../../contracts/part.ts';
import { labelsOf, labelsOfWork, yes, type Fact, type ReportDefinition } from '../definition.ts';

export const messages: ReportDefinition = {
  name: 'messages',
  version: 1,
  title: 'Messages and delivery',
  about: 'What was said by whom, and what became of what we sent.',
  bookedAt: 'when it was said: of our own, when the conversation decided to say it',
  dimensions: ['author'],
  figures: [
    'messages',
    'sent',
    'reached',
    'delivered',
    'deliveredPercent',
    'read',
    'readPercent',
    'failed',
    'unknown',
    'waiting',
    'notKept',
  ],
  drawn: 'messages',
  scope: 'service',
  edgeCases: [
    'The delivery status is the one that the ledger has when the report is read: figures of a day may still rise.',
    'Messenger tells of the time up to which a customer has read; all that was sent before counts as read.',
    'What another app or the Page Inbox wrote is not in the history of a conversation and not counted.',
    'A long text that was split is as many messages as were sent.',
    'The service is the one that the conversation began with.',
  ],
  needs: { deliveries: true },
  ofConversation: ({ chronicle, story }, context) =>
    story.events.flatMap((event): Fact[] => {
      if (event.type !== 'message') return [];
      const { direction, author, messageId } = event.data;
      const { service } = chronicle;
      const isSent = direction === 'out';
      return [
        {
          at: event.at,
          conversationId: chronicle.conversationId,
          labels: {
            ...(isSent && author === 'agent'
              ? labelsOfWork(chronicle, { service, agent: writerOf(event) }, context)
              : labelsOf(chronicle, { ...(service !== undefined && { service }) })),
            author,
          },
          values: { messages: 1, ...(isSent && countDelivery(story.deliveries?.get(messageId))) },
        },
      ];
    }),
};

const writerOf = ({ actor }: ConversationEvent): string | undefined =>
  actor.kind === 'agent' ? actor.name : undefined;

function countDelivery(status: DeliveryStatus | undefined): Fact['values'] {
  const isDelivered = status === 'delivered' || status === 'read';
  return {
    sent: 1,
    reached: yes(isDelivered || status === 'accepted'),
    delivered: yes(isDelivered),
    read: yes(status === 'read'),
    failed: yes(status === 'failed'),
    unknown: yes(status === 'unknown'),
    waiting: yes(status === 'queued' || status === 'sending'),
    notKept: yes(status === undefined),
  };
}
