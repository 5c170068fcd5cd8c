import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildIntoCache } from '../embedded/build-into-cache.ts';
import { runTool } from '../embedded/run-tool.ts';
import type { StackOptions } from './stack-context.ts';

type BundleOptions = Pick<StackOptions, 'env' | 'log' | 'projectDir' | 'signal'> & {
  config: Pick<StackOptions['config'], 'cacheDir'>;
};

/** Everything a bundle can be made of, and more: a bundle that is too old is far worse than one made in vain. */
const SOURCES = ['activities', 'adapters', 'contracts', 'scenario-dsl', 'worker', 'workflows'];

/**
 * Gives the path of the workflow bundle of the sources as they are, from the cache where there is one: the worker then
 * starts 2 s sooner. Made while the servers start.
 */
export async function cacheWorkflowBundle({ config, env, log, projectDir, signal }: BundleOptions): Promise<string> {
  const folder = await buildIntoCache({
    cacheDir: config.cacheDir,
    name: `workflow-bundle-${await hashSources(projectDir)}`,
    build: (into) =>
      runTool({
        program: process.execPath,
        args: ['--import', 'tsx', 'worker/build-workflow-bundle.ts', path.join(into, 'bundle.js')],
        cwd: projectDir,
        env,
        signal,
      }),
    log,
    signal,
  });
  return path.join(folder, 'bundle.js');
}

async function hashSources(projectDir: string): Promise<string> {
  const folders = SOURCES.map((folder) => listFiles(path.join(projectDir, folder)));
  const files = [...(await Promise.all(folders)).flat(), path.join(projectDir, 'package-lock.json')];
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
