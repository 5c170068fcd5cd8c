import type { Mutant } from './mutant.ts';

export const acceptsBeforeTheEffects: Mutant = {
  fault: 'an agent’s command meets the inbox, but not what that leads to: who is gone accepts an offer that is lost',
  patches: [
    {
      file: 'workflows/conversation/drain-inbox.ts',
      find: '/** False: there is nothing more to take. */',
      replace:
        'export function takeInbox(actor: Actor): void {\n  while (takeNext(actor));\n}\n\n/** False: there is nothing more to take. */',
    },
    {
      file: 'workflows/conversation/agent-commands.ts',
      find: "import { drainInbox } from './drain-inbox.ts';",
      replace: "import { drainInbox, takeInbox } from './drain-inbox.ts';",
    },
    {
      file: 'workflows/conversation/agent-commands.ts',
      find: '  drainInbox(actor);\n  definition.validate',
      replace: '  takeInbox(actor);\n  definition.validate',
    },
  ],
  breaks: 'who is connected is logged in or in grace',
  seed: 505,
};
