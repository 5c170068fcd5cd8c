/** Writes the workflow bundle to the path given as the first argument: a worker then starts without a bundler. */
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode } from '@temporalio/worker';
import { BUNDLE_SOURCE } from './create-worker.ts';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('Say where the bundle is to be written: build-workflow-bundle <file>');
const { code } = await bundleWorkflowCode(BUNDLE_SOURCE);
await writeFile(target, code);
