import { createRequire } from 'node:module';
import path from 'node:path';
import { buildIntoCache } from '../embedded/build-into-cache.ts';
import { runTool } from '../embedded/run-tool.ts';
import type { CompileOptions } from './compile-options.ts';
import { hashSources } from './hash-sources.ts';

/** What the console is made of, and by. */
const SOURCES = ['web', 'contracts', 'scenario-dsl', 'scenarios', 'package-lock.json'];

/** Gives the folder of the built web console, made once for all sources that are the same. */
export async function buildConsole(options: CompileOptions): Promise<string> {
  const { cacheDir, env, log, projectDir, signal } = options;
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  return buildIntoCache({
    cacheDir,
    name: `console-${await hashSources(projectDir, SOURCES)}`,
    build: (into) =>
      runTool({
        program: process.execPath,
        args: [vite, 'build', 'web', '--outDir', into, '--emptyOutDir', '--logLevel', 'warn'],
        cwd: projectDir,
        // A test runner's own would put the libraries' builds for developers in.
        env: { ...env, NODE_ENV: 'production' },
        ...(signal && { signal }),
      }),
    log,
    ...(signal && { signal }),
  });
}
