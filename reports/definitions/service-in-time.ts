import { labelsOfWork, yes, type Fact, type ReportContext, type ReportDefinition } from '../definition.ts';
import type { Chronicle, Wait } from '../story/conversation-story.ts';

export const serviceInTime: ReportDefinition = {
  name: 'service-in-time',
  version: 1,
  title: 'Service in time',
  about: 'How many of those who asked for an agent had one within the target of the service.',
  bookedAt: 'when the customer began to wait, for the service that was asked first',
  dimensions: ['service'],
  figures: [
    'asked',
    'taken',
    'inTime',
    'inTimePercent',
    'gaveUp',
    'gaveUpEarly',
    'turnedAway',
    'brokenOff',
    'stillWaiting',
    'averageWaitMs',
    'longestWaitMs',
  ],
  drawn: 'inTimePercent',
  scope: 'service',
  edgeCases: [
    'Who gives up before the target is over counts as given up and lowers the percentage; “Gave up early” says how many they were.',
    'A search that is repeated (next interval, another service, an offer refused) is one wait as long as no agent took the chat. It ends with the conversation at the latest, even where the scenario stopped searching.',
    'Whoever loses their agent and waits again, or asks again after a chat, has another wait.',
    'A transfer is no wait: the agent who gives the chat away stays until somebody comes.',
    'A wait over midnight, or over the end of the time that is asked for, is booked where it began, with what became of it later.',
    'The target is the one that the service has now: 80 % within 60 s where it has none.',
  ],
  ofConversation: ({ chronicle }, context) => chronicle.waits.map((wait) => countWait(wait, chronicle, context)),
};

/** A wait as it is counted. */
export function countWait(wait: Wait, chronicle: Chronicle, context: ReportContext): Fact {
  const { at, service, agent, outcome, endedAt } = wait;
  const waitMs = (endedAt ?? context.now) - at;
  const isEarly = waitMs <= context.targetMs(service);
  return {
    at,
    conversationId: chronicle.conversationId,
    labels: labelsOfWork(chronicle, { service, agent }, context),
    values: {
      asked: 1,
      taken: yes(outcome === 'taken'),
      inTime: yes(outcome === 'taken' && isEarly),
      gaveUp: yes(outcome === 'gave-up'),
      gaveUpEarly: yes(outcome === 'gave-up' && isEarly),
      turnedAway: yes(outcome === 'turned-away'),
      brokenOff: yes(outcome === 'broken-off'),
      stillWaiting: yes(outcome === 'waiting'),
      settled: yes(outcome === 'taken' || outcome === 'gave-up' || outcome === 'turned-away'),
      ...(outcome === 'taken' && { waitMs }),
    },
  };
}
