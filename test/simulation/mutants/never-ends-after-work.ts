import type { Mutant } from './mutant.ts';

export const neverEndsAfterWork: Mutant = {
  fault: 'the paper work after a chat does not end by its time',
  patches: [
    {
      file: 'workflows/dispatcher/after-work.ts',
      find: '({ until }) => until <= now',
      replace: '({ until }) => until <= now - 3_600_000',
    },
    {
      file: 'workflows/dispatcher/after-work.ts',
      find: 'afterWork.map(({ until }) => until)',
      replace: 'afterWork.map(({ until }) => until + 3_600_000)',
    },
  ],
  breaks: 'nobody waits while a qualified agent is free',
  seed: 3,
};
