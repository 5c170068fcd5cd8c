import type { Mutant } from './mutant.ts';

export const missesTheOpenWindow: Mutant = {
  fault: 'a part is parked for a window that was opened while it was on its way',
  patches: [
    {
      file: 'workflows/conversation/parking.ts',
      find: "  if (by === 'window' && (actor.state.window?.until ?? 0) > actor.sendingWindowUntil) return;\n",
      replace: '',
    },
  ],
  breaks: 'no part waits for what has come',
  seed: 171,
};
