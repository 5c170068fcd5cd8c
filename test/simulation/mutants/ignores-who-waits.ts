import type { Mutant } from './mutant.ts';

export const ignoresWhoWaits: Mutant = {
  fault: 'the dispatcher serves nobody while several wait',
  patches: [
    {
      file: 'workflows/dispatcher/decide-round.ts',
      find: 'for (const matched of match(state, now)) {',
      replace: 'for (const matched of state.waiting.length > 1 ? [] : match(state, now)) {',
    },
  ],
  breaks: 'nobody waits while a qualified agent is free',
  seed: 2,
};
