import { labelsOfWork, yes, type ReportDefinition } from '../definition.ts';

/** Shorter differences are noise. */
const TOLERATED_MS = 10_000;
const TOLERATED_SHARE = 1.25;

export const virtualQueue: ReportDefinition = {
  name: 'virtual-queue',
  version: 1,
  title: 'Virtual queue',
  about: 'What the queue said of place and wait, against what came true.',
  bookedAt: 'when the customer began to wait',
  dimensions: ['service'],
  figures: [
    'told',
    'averagePosition',
    'averageExpectedMs',
    'averageCameTrueMs',
    'averageErrorMs',
    'tooShortPercent',
    'gaveUp',
  ],
  drawn: 'averageErrorMs',
  scope: 'service',
  edgeCases: [
    'The first place that was noted in a wait counts, and the wait expected at that moment; later ones do not.',
    'Whoever had an agent at once has no place and is not in it.',
    'Expected and true waits are compared for those who were taken and for whom a wait was expected; the true one is measured from the same moment.',
    'Who gave up could not see it come true: they count as given up and for no average of waits.',
  ],
  ofConversation: ({ chronicle }, context) =>
    chronicle.waits.flatMap(({ at, service, agent, outcome, endedAt, first }) => {
      if (!first) return [];
      const cameTrueMs = (endedAt ?? context.now) - first.at;
      const expectedMs = outcome === 'taken' ? first.ewtMs : undefined;
      const isTooShort =
        expectedMs !== undefined && cameTrueMs > expectedMs * TOLERATED_SHARE && cameTrueMs > expectedMs + TOLERATED_MS;
      return [
        {
          at,
          conversationId: chronicle.conversationId,
          labels: labelsOfWork(chronicle, { service, agent }, context),
          values: {
            told: 1,
            positions: first.position,
            gaveUp: yes(outcome === 'gave-up'),
            ...(expectedMs !== undefined && {
              compared: 1,
              expectedMs,
              cameTrueMs,
              errorMs: Math.abs(cameTrueMs - expectedMs),
              tooShort: yes(isTooShort),
            }),
          },
        },
      ];
    }),
};
