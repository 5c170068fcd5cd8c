import type { Mutant } from './mutant.ts';

export const forgetsWhoTalks: Mutant = {
  fault: 'a dispatcher that begins anew does not ask who waits and who talks',
  patches: [
    {
      file: 'workflows/dispatcher/load-known-world.ts',
      find: '  for (const { conversationId, agents } of conversations) {\n',
      replace: '  for (const { conversationId, agents } of conversations.splice(0, 0)) {\n',
    },
  ],
  breaks: 'nobody waits while a qualified agent is free',
  seed: 1265,
};
