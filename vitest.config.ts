import { defineConfig } from 'vitest/config';

const serverFolders = ['test/workflows/**', 'test/end-to-end/**', 'test/faults/**', 'test/api/**', 'test/mongo/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: serverFolders,
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
        },
      },
    ],
  },
});
