import type { Mutant } from './mutant.ts';

export const parksLate: Mutant = {
  fault: 'an attempt that stood still writes over what a later one has written',
  patches: [
    {
      file: 'adapters/mongo/parked-parts.ts',
      find: "status: 'queued', ...notLaterThan(attemptAt) }",
      replace: "status: 'queued' }",
    },
  ],
  breaks: 'a conversation that has ended has an empty outbox and no slot',
  seed: 12_959,
};
