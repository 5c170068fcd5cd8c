import type { Mutant } from './mutant.ts';

export const tellsBeforeItIsHistory: Mutant = {
  fault: 'a conversation tells what it has decided before that is history, and takes its own writing for the past',
  patches: [
    {
      file: 'workflows/conversation/activities.ts',
      find: 'export const { tellDispatchers } = proxyActivities<Activities>({',
      replace: 'export const { tellDispatchers } = proxyLocalActivities<Activities>({',
    },
    {
      file: 'workflows/conversation/dispatch-work.ts',
      find: 'await tellDispatchers({ intents, ...(progress && { progress }) });',
      replace: 'await askLocally(actor, () => tellDispatchers({ intents, ...(progress && { progress }) }));',
    },
    {
      file: 'workflows/conversation/dispatch-work.ts',
      find: "import { track } from './track.ts';",
      replace: "import { track } from './track.ts'; import { askLocally } from './ask-locally.ts';",
    },
    {
      file: 'activities/open-conversation-context.ts',
      find: '{ limit: RECENT_KEYS, except: conversationId }',
      replace: '{ limit: RECENT_KEYS }',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 280,
};
