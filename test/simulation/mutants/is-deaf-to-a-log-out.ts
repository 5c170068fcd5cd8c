import type { Mutant } from './mutant.ts';

export const isDeafToALogOut: Mutant = {
  fault: 'an agent who logs out keeps their chats',
  patches: [
    {
      file: 'workflows/dispatcher/take-item.ts',
      find: "[changed, ...letGoOf(state, username, 'UserLogout')] : [changed]",
      replace: '[changed] : [changed]',
    },
  ],
  breaks: 'who is connected is logged in or in grace',
  seed: 14,
};
