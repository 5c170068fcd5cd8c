import type { Mutant } from './mutant.ts';

export const tellsBeforeItHasDecided: Mutant = {
  fault:
    'the dispatcher tells what it decides before that is history, and decides otherwise when its task is played again',
  patches: [
    {
      file: 'workflows/dispatcher/dispatcher.ts',
      find: 'const { deliverNotifications, findGoneConversations, findPresentAgents } = proxyActivities<Activities>({',
      replace: `const { deliverNotifications } = proxyLocalActivities({ startToCloseTimeout: '15s' });
const { findGoneConversations, findPresentAgents } = proxyActivities<Activities>({`,
    },
  ],
  breaks: 'no agent has more conversations than slots',
  seed: 18_517,
};
