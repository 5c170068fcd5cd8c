import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowestFilesReporter } from './test/support/slowest-files-reporter.ts';
import { LongestFirstSequencer } from './test/support/longest-first-sequencer.ts';

/** Tests against one Temporal and one MongoDB that are built and started once for all of them. */
const serverFolders = ['test/workflows/**', 'test/api/**', 'test/dev/**'];
/** Tests that run the whole product in processes of its own, and kill them. */
/** Tests that look at the console in a browser, against the whole product. */
const browserFolder = 'test/browser/**';
const stackFolders = ['test/end-to-end/**', 'test/faults/**', 'test/hostile/**'];

/** Tests that play thousands of worlds in threads of their own, one for each core. */
const simulationFolders = ['test/simulation/**'];

/** TEST_REPORT_FILE: where Vitest's JSON report goes, for programs that read it. */
const reportFile = process.env['TEST_REPORT_FILE'];
const jsonReport: ['json', { outputFile: string }][] = reportFile ? [['json', { outputFile: reportFile }]] : [];

const cores = Math.max(2, availableParallelism());
/** These two mostly wait: for timers, for processes that start. They share the machine, twice as many files as cores. */
const waiting = { maxWorkers: 2 * cores, sequence: { groupOrder: 2 } };

export default defineConfig({
  test: {
    reporters: ['default', new SlowestFilesReporter(), ...jsonReport],
    sequence: { sequencer: LongestFirstSequencer },
    // Files of one process share its modules: loading them took as long as the tests. No module may keep a test's state.
    isolate: false,
    // What is looked for again and again is there after a moment; a busy machine is no failure.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...serverFolders, ...simulationFolders, ...stackFolders, browserFolder],
          // Fuzzers and formats take 2 to 4 s alone; a busy machine is no failure.
          testTimeout: 30_000,
          maxWorkers: cores,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: simulationFolders.map((folder) => `${folder}/*.test.ts`),
          // Worlds take a second or two alone; a busy machine is no failure.
          testTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: serverFolders.map((folder) => `${folder}/*.test.ts`),
          globalSetup: ['test/support/start-servers.ts'],
          // The longest take 10 s on a quiet machine; `until` gives up after 60 s and says what was missing.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          ...waiting,
        },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: stackFolders.map((folder) => `${folder}/*.test.ts`),
          // The longest takes 110 s on a quiet machine.
          testTimeout: 300_000,
          // The first start on a machine builds the servers.
          hookTimeout: 900_000,
          ...waiting,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [`${browserFolder}/*.test.ts`],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // A browser and a stack are as much as two cores can carry at a time.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
