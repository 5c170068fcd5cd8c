import { createHash } from 'node:crypto';
import { cp, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildIntoCache } from '../embedded/build-into-cache.ts';
import { runTool } from '../embedded/run-tool.ts';
import { buildConsole } from './build-console.ts';
import type { CompileOptions } from './compile-options.ts';
import { hashSources } from './hash-sources.ts';

/** Folders whose TypeScript is compiled; what else they hold goes along as it is. */
const COMPILED = [
  'activities',
  'adapters',
  'api',
  'cli',
  'contracts',
  'dev',
  'scenario-dsl',
  'worker',
  'workflows',
] as const;
/** What the programs read beside themselves. */
const COPIED = ['package.json', 'package-lock.json', 'scenarios'] as const;
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.stack.json'] as const;

/**
 * Gives a folder that looks like the checkout, with JavaScript in the place of TypeScript; once for all sources that are
 * the same. A process that starts from it needs a second of processor less than one that compiles for itself.
 */
export async function compileProduct(options: CompileOptions): Promise<string> {
  const { projectDir, cacheDir, log, signal } = options;
  const sources = await hashSources(projectDir, [...COMPILED, ...COPIED, ...SETTINGS, 'web']);
  // Modules are found through a link to the checkout's own: each checkout has its folder.
  const place = createHash('sha256').update(projectDir).digest('hex').slice(0, 6);
  return buildIntoCache({
    cacheDir,
    name: `product-${place}-${sources}`,
    build: (into) => compileInto(into, options),
    log,
    ...(signal && { signal }),
  });
}

/** The api finds the console beside itself. */
async function compileInto(folder: string, options: CompileOptions): Promise<void> {
  const [builtConsole] = await Promise.all([buildConsole(options), compileSources(folder, options)]);
  await symlink(builtConsole, path.join(folder, 'console'));
}

async function compileSources(folder: string, { projectDir, env, signal }: CompileOptions): Promise<void> {
  const compiler = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  await runTool({
    program: process.execPath,
    args: [compiler, '-p', 'tsconfig.stack.json', '--outDir', folder],
    cwd: projectDir,
    env,
    ...(signal && { signal }),
  });
  for (const name of [...COMPILED, ...COPIED]) {
    await cp(path.join(projectDir, name), path.join(folder, name), { recursive: true, filter: isNoSource });
  }
  await symlink(path.join(projectDir, 'node_modules'), path.join(folder, 'node_modules'));
}

function isNoSource(file: string): boolean {
  return !file.endsWith('.ts');
}
