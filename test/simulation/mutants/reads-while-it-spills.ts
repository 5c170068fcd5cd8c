import type { Mutant } from './mutant.ts';

export const readsWhileItSpills: Mutant = {
  fault: 'what a customer said is read back while it is being spilled',
  patches: [
    {
      file: 'workflows/conversation/spill.ts',
      find: '  if (actor.isReloading || actor.isSpilling || isHoldingCustomer(actor) || !hasSpilled(state)) return;\n',
      replace: '  if (actor.isReloading || isHoldingCustomer(actor) || !hasSpilled(state)) return;\n',
    },
  ],
  breaks: 'every customer message is in exactly one transcript, in order',
  seed: 6,
};
