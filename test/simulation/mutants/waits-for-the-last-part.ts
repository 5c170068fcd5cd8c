import type { Mutant } from './mutant.ts';

export const waitsForTheLastPart: Mutant = {
  fault: 'a customer who writes again waits until the last part of the ended conversation has left',
  patches: [
    {
      file: 'workflows/conversation/left-behind.ts',
      find: '  return isWaiting && Date.now() >= sendingSince + LATE_AFTER_MS;\n',
      replace: '  return isWaiting && sendingSince < 0;\n',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 1362,
};
