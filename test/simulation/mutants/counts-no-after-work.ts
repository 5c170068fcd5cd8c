import type { Mutant } from './mutant.ts';

export const countsNoAfterWork: Mutant = {
  fault: 'a slot whose chat is being written up is given away',
  patches: [
    {
      file: 'workflows/dispatcher/capacity.ts',
      find: 'chats + afterWork >= agent.slots',
      replace: 'chats >= agent.slots',
    },
    {
      file: 'workflows/dispatcher/capacity.ts',
      find: "> 100 + ROUNDING ? 'capacity-taken' : 'room'",
      replace: "> 300 + ROUNDING ? 'capacity-taken' : 'room'",
    },
  ],
  breaks: 'paper work after a chat ends by its time, and takes no more than the slots there are',
  seed: 3,
};
