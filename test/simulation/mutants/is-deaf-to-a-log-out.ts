import type { Mutant } from './mutant.ts';

export const isDeafToALogOut: Mutant = {
  fault: 'an agent who logs out keeps their chats',
  patches: [
    {
      file: 'workflows/dispatcher/agent-states.ts',
      find: "return next === 'logged-out' ? [...changed, ...letGoOf(state, username, { cause: 'UserLogout', now })] : changed;",
      replace: 'return changed;',
    },
  ],
  breaks: 'who is connected is logged in or in grace',
  seed: 14,
};
