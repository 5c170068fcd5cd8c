import type { Mutant } from './mutant.ts';

export const givesASlotTwice: Mutant = {
  fault: 'the dispatcher gives an agent one chat more than slots',
  patches: [
    {
      file: 'workflows/dispatcher/match.ts',
      find: '(load.get(agent.username) ?? 0) < agent.slots',
      replace: '(load.get(agent.username) ?? 0) <= agent.slots',
    },
  ],
  breaks: 'no agent has more conversations than slots',
  seed: 29,
};
