import type { ReportDefinition } from '../definition.ts';
import { countWait } from './service-in-time.ts';

export const requestedSkills: ReportDefinition = {
  name: 'requested-skills',
  version: 1,
  title: 'Requested skills',
  about: 'Which skills customers waited for, and how long.',
  bookedAt: 'when the customer began to wait',
  dimensions: ['skill'],
  figures: ['asked', 'taken', 'gaveUp', 'turnedAway', 'stillWaiting', 'averageWaitMs', 'longestWaitMs'],
  drawn: 'asked',
  scope: 'service',
  edgeCases: [
    'The skills are those of the first search of a wait; laxer ones that it came to later do not count.',
    'A wait for two skills counts for both, and once in the total.',
    'A search that asked for no skill (one agent by name, or anybody of a service) stands under none.',
    'Waits are those of “Service in time”, with the same edges.',
  ],
  ofConversation: ({ chronicle }, context) =>
    chronicle.waits.map((wait) => {
      const fact = countWait(wait, chronicle, context);
      return { ...fact, labels: { ...fact.labels, skill: [...new Set(wait.skills)] } };
    }),
};
