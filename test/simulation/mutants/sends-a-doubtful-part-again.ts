import type { Mutant } from './mutant.ts';

export const sendsADoubtfulPartAgain: Mutant = {
  fault: 'a part whose answer was lost is sent again at once, and nothing marks it',
  patches: [
    {
      file: 'activities/claim-part.ts',
      find: 'const verdict = await resolveDoubt(deps, request, row);',
      replace: "const verdict = row.status === 'sending' ? ('send' as const) : await resolveDoubt(deps, request, row);",
    },
  ],
  breaks: 'no part reaches a customer twice, unless it is marked',
  seed: 17,
};
