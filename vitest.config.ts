import { defineConfig } from 'vitest/config';

/** Tests against one Temporal and one MongoDB that are built and started once for all of them. */
const serverFolders = ['test/workflows/**', 'test/api/**', 'test/dev/**'];
/** Tests that run the whole product in processes of its own, and kill them. */
const stackFolders = ['test/end-to-end/**', 'test/faults/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...serverFolders, ...stackFolders],
          // Fuzzers and formats take 2 to 4 s alone; a busy machine is no failure.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'servers',
          include: serverFolders.map((folder) => `${folder}/*.test.ts`),
          globalSetup: ['test/support/start-servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'stack',
          include: stackFolders.map((folder) => `${folder}/*.test.ts`),
          testTimeout: 180_000,
          // The first start on a machine builds the servers.
          hookTimeout: 900_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
