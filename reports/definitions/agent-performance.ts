import {
  labelsOfWork,
  yes,
  type Fact,
  type ReadConversation,
  type ReportContext,
  type ReportDefinition,
} from '../definition.ts';
import type { Chronicle } from '../story/conversation-story.ts';

const figures = [
  'offered',
  'accepted',
  'acceptedPercent',
  'rejected',
  'ignored',
  'withdrawn',
  'chats',
  'averageChatMs',
  'averageFirstAnswerMs',
  'messagesWritten',
  'transfersGiven',
  'transfersTaken',
  'helpCalls',
] as const;

const bookedAt = 'when each thing happened: an offer when it was made, a chat when the agent came into it';

const edgeCases = [
  'An offer that nobody answered when the conversation ended counts as withdrawn.',
  'In a conference each agent has a stretch of their own; a supervisor who monitors or coaches, and an agent who is only asked for advice, have none.',
  'An agent who leaves a chat and comes back has two chats.',
  'A chat over midnight is booked where it began, whole; a chat that goes on counts as a chat and not yet for the average.',
  'Of a conversation whose process was killed and ended by an operator, the chat is over with the last thing that was written.',
];

export const agentPerformance: ReportDefinition = {
  name: 'agent-performance',
  version: 1,
  title: 'Agent performance',
  about: 'What each agent was offered, took, and did with it.',
  bookedAt,
  dimensions: ['agent'],
  figures,
  drawn: 'chats',
  scope: 'agent',
  edgeCases,
  ofConversation: countWork,
};

export const teamPerformance: ReportDefinition = {
  name: 'team-performance',
  version: 1,
  title: 'Team performance',
  about: 'The same by team.',
  bookedAt,
  dimensions: ['team'],
  figures,
  drawn: 'chats',
  scope: 'agent',
  edgeCases: [
    'Teams are those of the configuration as it is now, also for what was before.',
    'Whoever is in two teams counts for both, and once in the total.',
    ...edgeCases,
  ],
  ofConversation: countWork,
};

function countWork({ chronicle, story }: ReadConversation, context: ReportContext): Fact[] {
  const { conversationId, offers, stretches, transfers, firstAnswer, service } = chronicle;
  const fact = (at: number, agent: string, { of = service, ...values }: Fact['values'] & { of?: string }): Fact => ({
    at,
    conversationId,
    labels: labelsOfWork(chronicle, { service: of, agent }, context),
    values,
  });
  return [
    ...offers.map(({ at, agent, end }) =>
      fact(at, agent, {
        offered: 1,
        accepted: yes(end === 'accepted'),
        rejected: yes(end === 'rejected'),
        ignored: yes(end === 'ignored'),
        withdrawn: yes(end === 'withdrawn'),
        decided: yes(end === 'accepted' || end === 'rejected' || end === 'ignored'),
      }),
    ),
    ...stretches.map(({ from, to, agent, service: of }) => {
      const over = to === undefined ? {} : { chatsOver: 1, chatsOverMs: to - from };
      return fact(from, agent, { chats: 1, ...over, ...ofService(of) });
    }),
    ...transfers.flatMap(({ at, from, to, service: of }) => [
      fact(at, from, { transfersGiven: 1, ...ofService(of) }),
      ...(to === undefined ? [] : [fact(at, to, { transfersTaken: 1, ...ofService(of) })]),
    ]),
    ...(firstAnswer ? [fact(firstAnswer.at, firstAnswer.agent, toAnswer(firstAnswer))] : []),
    ...story.events.flatMap(({ type, at, data, actor: { kind, name } }) => {
      if (kind !== 'agent' || name === undefined) return [];
      if (type === 'message' && data.direction === 'out') return [fact(at, name, { messagesWritten: 1 })];
      return type === 'help-flag' && data.isRaised ? [fact(at, name, { helpCalls: 1 })] : [];
    }),
  ];
}

const ofService = (service: string | undefined): { of?: string } => (service === undefined ? {} : { of: service });

function toAnswer({
  waitedMs,
  service,
}: NonNullable<Chronicle['firstAnswer']>): Fact['values'] & ReturnType<typeof ofService> {
  return { answered: 1, answeredMs: waitedMs, ...ofService(service) };
}
