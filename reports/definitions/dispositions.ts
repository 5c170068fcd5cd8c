import { labelsOfWork, type Fact, type ReportDefinition } from '../definition.ts';

export const dispositions: ReportDefinition = {
  name: 'dispositions',
  version: 1,
  title: 'Dispositions in time',
  about: 'What conversations came to, in the words of agents and scenarios.',
  bookedAt: 'when the conversation ended',
  dimensions: ['disposition', 'service'],
  figures: ['given'],
  drawn: 'given',
  scope: 'service',
  edgeCases: [
    'Each agent who wrapped a chat up has given one; so has the scenario, whose last word counts. A conversation may have several.',
    'What an agent says after the end counts for the day of the end: figures of a day may still rise.',
    'Conversations that are not over do not count yet.',
    'The service is the one that the conversation began with.',
  ],
  needs: { dispositions: true },
  ofConversation: ({ chronicle, story }, context) => {
    const { ended, conversationId, service } = chronicle;
    if (!ended) return [];
    const byScenario = story.events.findLast(({ type }) => type === 'disposition');
    const given: { name: string; agent?: string }[] = [...(story.dispositions ?? [])];
    if (byScenario?.type === 'disposition') given.push({ name: byScenario.data.name });
    return given.map(({ name, agent }): Fact => ({
      at: ended.at,
      conversationId,
      labels: { ...labelsOfWork(chronicle, { service, agent }, context), disposition: name },
      values: { given: 1 },
    }));
  },
};
