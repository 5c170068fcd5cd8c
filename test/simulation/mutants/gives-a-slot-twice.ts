import type { Mutant } from './mutant.ts';

export const givesASlotTwice: Mutant = {
  fault: 'the dispatcher gives an agent one chat more than slots',
  patches: [
    {
      file: 'workflows/dispatcher/capacity.ts',
      find: 'chats + afterWork >= agent.slots',
      replace: 'chats + afterWork > agent.slots',
    },
    {
      file: 'workflows/dispatcher/capacity.ts',
      find: "> 100 + ROUNDING ? 'capacity-taken' : 'room'",
      replace: "> 200 + ROUNDING ? 'capacity-taken' : 'room'",
    },
  ],
  breaks: 'paper work after a chat ends by its time, and takes no more than the slots there are',
  seed: 29,
};
