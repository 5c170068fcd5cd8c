import { labelsOfWork, yes, type Fact, type ReportContext, type ReportDefinition } from '../definition.ts';
import type { Chronicle, Talk } from '../story/conversation-story.ts';

export const serviceMetrics: ReportDefinition = {
  name: 'service-metrics',
  version: 1,
  title: 'Service metrics',
  about: 'What came to each service and what became of it.',
  bookedAt:
    'when it came to the service: a wait when it began, a talk when its first agent took it, a transfer when it was made',
  dimensions: ['service'],
  figures: [
    'received',
    'taken',
    'gaveUp',
    'turnedAway',
    'handled',
    'inChatNow',
    'transferredIn',
    'transferredOut',
    'conferences',
    'averageFirstAnswerMs',
    'averageHandleMs',
  ],
  drawn: 'received',
  scope: 'service',
  edgeCases: [
    'A chat that is transferred to the service that it is of, or to one agent, counts twice as received and twice as handled, and as transferred out and in.',
    'A chat that its holder leaves to another agent who is in it, or that a supervisor takes over, is the same talk.',
    'A conference is one talk; the time of each agent in it is added.',
    'An agent who stays in the chat through a transfer of it spends their whole time on the talk in which they leave.',
    'A talk over midnight is booked where it began, whole.',
    'A chat that an agent began is a talk without a wait: it is handled, and not received.',
    'Of a conversation whose process was killed and ended by an operator, the talk is over with the last thing that was written.',
  ],
  ofConversation: ({ chronicle }, context) => [
    ...countWaits(chronicle, context),
    ...chronicle.talks.map((talk) => countTalk(talk, chronicle, context)),
    ...countTransfers(chronicle, context),
    ...countFirstAnswer(chronicle, context),
  ],
};

function countWaits(chronicle: Chronicle, context: ReportContext): Fact[] {
  return chronicle.waits.map(({ at, service, agent, outcome }) => ({
    at,
    conversationId: chronicle.conversationId,
    labels: labelsOfWork(chronicle, { service, agent }, context),
    values: {
      received: 1,
      taken: yes(outcome === 'taken'),
      gaveUp: yes(outcome === 'gave-up'),
      turnedAway: yes(outcome === 'turned-away'),
    },
  }));
}

function countTalk(talk: Talk, chronicle: Chronicle, context: ReportContext): Fact {
  const { service, from, to, cameBy, isConference, agentMs } = talk;
  const isIn = cameBy === 'transfer';
  return {
    at: from,
    conversationId: chronicle.conversationId,
    labels: labelsOfWork(chronicle, { service }, context),
    values: {
      received: yes(isIn),
      transferredIn: yes(isIn),
      handled: yes(to !== undefined),
      inChatNow: yes(to === undefined),
      conferences: yes(isConference),
      ...(to !== undefined && { handledMs: agentMs }),
    },
  };
}

function countTransfers(chronicle: Chronicle, context: ReportContext): Fact[] {
  return chronicle.transfers.map(({ at, service, from }) => ({
    at,
    conversationId: chronicle.conversationId,
    labels: labelsOfWork(chronicle, { service, agent: from }, context),
    values: { transferredOut: 1 },
  }));
}

function countFirstAnswer(chronicle: Chronicle, context: ReportContext): Fact[] {
  const { firstAnswer, conversationId } = chronicle;
  if (!firstAnswer) return [];
  const { at, waitedMs, service, agent } = firstAnswer;
  const labels = labelsOfWork(chronicle, { service, agent }, context);
  return [{ at, conversationId, labels, values: { answered: 1, answeredMs: waitedMs } }];
}
