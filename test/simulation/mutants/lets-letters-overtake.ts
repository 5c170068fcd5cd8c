import type { Mutant } from './mutant.ts';

export const letsLettersOvertake: Mutant = {
  fault: "a conversation's letters to the dispatcher overtake each other, and the older one counts",
  patches: [
    {
      file: 'workflows/conversation/dispatch-work.ts',
      find: '  return !isTelling && (departures',
      replace: '  return (isTelling || !isTelling) && (departures',
    },
    {
      file: 'workflows/dispatcher/take-intent.ts',
      find: '  if (number <= knownNumber(state, conversationId, before)) return [];\n',
      replace: '  if (number < 0 && knownNumber(state, conversationId, before) > 0) return [];\n',
    },
  ],
  breaks: 'paper work after a chat ends by its time, and takes no more than the slots there are',
  seed: 47,
};
