import type { Mutant } from './mutant.ts';

export const drivesANewerRun: Mutant = {
  fault: 'a worker drives runs of a newer engine',
  patches: [
    {
      file: 'contracts/engine-version.ts',
      find: '  if (engineVersion <= ENGINE_VERSION) return;\n',
      replace: '  if (engineVersion <= ENGINE_VERSION + 1) return;\n',
    },
  ],
  breaks: 'no older worker drives a newer run',
  seed: 8,
};
