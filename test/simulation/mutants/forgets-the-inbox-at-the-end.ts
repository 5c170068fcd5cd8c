import type { Mutant } from './mutant.ts';

export const forgetsTheInboxAtTheEnd: Mutant = {
  fault: 'what lies in the inbox when a conversation ends is forgotten',
  patches: [
    {
      file: 'workflows/conversation/conversation.ts',
      find: "inbox: state.inbox.filter(({ type }) => type === 'customer' || type === 'thread-owner' || type === 'outbound')",
      replace: 'inbox: []',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 197,
};
