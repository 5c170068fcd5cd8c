import { labelsOf, yes, type ReportDefinition } from '../definition.ts';

export const botContainment: ReportDefinition = {
  name: 'bot-containment',
  version: 1,
  title: 'Bot containment and hand-overs',
  about: 'How many conversations the scenario finished alone, and how many went on to people.',
  bookedAt: 'when the conversation began',
  dimensions: ['entry', 'scenario'],
  figures: [
    'conversations',
    'contained',
    'containedPercent',
    'handedOver',
    'handedOverPercent',
    'askedInVain',
    'otherEnds',
    'stillOpen',
    'averageToHandOverMs',
  ],
  drawn: 'containedPercent',
  scope: 'service',
  edgeCases: [
    'Conversations that an agent began are not counted.',
    'Contained says that nobody was needed, not that the customer had what they came for: “Scenario blocks” says where they fell silent.',
    'A conversation that is not over counts as open, also when an agent has it; it counts as handed over, and for no percentage.',
    'Contained, handed over, asked in vain and ended otherwise, of those that are over, are all of those that are over.',
  ],
  ofConversation: ({ chronicle }) => {
    const { conversationId, service, startedAt, isByAgent, ended, waits, stretches } = chronicle;
    if (isByAgent) return [];
    const first = stretches[0];
    const isOver = ended !== undefined;
    const isAlone = isOver && !first && waits.length === 0;
    return [
      {
        at: startedAt,
        conversationId,
        labels: labelsOf(chronicle, { ...(service !== undefined && { service }) }),
        values: {
          conversations: 1,
          over: yes(isOver),
          contained: yes(isAlone && ended.reason === 'exit'),
          handedOver: yes(first !== undefined),
          handedOverOver: yes(first !== undefined && isOver),
          askedInVain: yes(isOver && !first && waits.length > 0),
          otherEnds: yes(isAlone && ended.reason !== 'exit'),
          stillOpen: yes(!isOver),
          ...(first && isOver && { toHandOverMs: first.from - startedAt }),
        },
      },
    ];
  },
};
