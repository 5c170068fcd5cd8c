import type { Mutant } from './mutant.ts';

export const countsNoAfterWork: Mutant = {
  fault: 'a slot whose chat is being written up is given away',
  patches: [
    {
      file: 'workflows/dispatcher/capacity.ts',
      find: "    addLoad(state, loads, { username, service, kind: 'afterWork' });",
      replace: "    addLoad(state, new Map(), { username, service, kind: 'afterWork' });",
    },
  ],
  breaks: 'paper work after a chat ends by its time, and takes no more than the slots there are',
  seed: 3,
};
