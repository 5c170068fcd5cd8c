import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Mutant } from '../mutants/mutant.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SIMULATION = path.join(ROOT, 'test/simulation');

/** Packages whose place the simulated world takes. */
const REPLACED: Record<string, string> = {
  '@temporalio/workflow': 'temporal/workflow-api.ts',
  '@temporalio/activity': 'temporal/activity-context.ts',
  '@temporalio/client': 'temporal/client-api.ts',
  '@temporalio/common': 'temporal/failures.ts',
  mongodb: 'mongo/driver-errors.ts',
};

/**
 * Bundles the simulated world with the actors' own code into one file, which any Node process or thread can load.
 * `mutants`: faults to put in.
 * @throws Error where the text that a mutant replaces is not there
 */
export async function bundleSimulation(outfile: string, mutants: readonly Mutant[] = []): Promise<void> {
  await build({
    entryPoints: [path.join(SIMULATION, 'stories/run-worlds.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile,
    logLevel: 'error',
    plugins: [replacePackages(), loadOlder(mutants), putIn(mutants)],
    // Packages of CommonJS ask for Node's modules by `require`.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
}

function replacePackages(): Plugin {
  const names = Object.keys(REPLACED).map((name) => name.replace('/', '\\/'));
  return {
    name: 'simulated-packages',
    setup: (plugin) => {
      plugin.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path: name }) => ({
        path: path.join(SIMULATION, REPLACED[name] ?? ''),
      }));
    },
  };
}

/** Code that an older worker runs; packages are shared. */
function loadOlder(mutants: readonly Mutant[]): Plugin {
  return {
    name: 'older-actors',
    setup: (plugin) => {
      plugin.onResolve({ filter: /^\./ }, ({ path: wanted, importer, namespace }) => {
        const isOlder = namespace === 'older' || importer.endsWith('older-actors.ts');
        return isOlder ? { path: path.resolve(path.dirname(importer), wanted), namespace: 'older' } : undefined;
      });
      plugin.onLoad({ filter: /./, namespace: 'older' }, async ({ path: file }) => {
        const source = patchesOf(mutants, file).reduce(putOneIn, await readFile(file, 'utf8'));
        const contents = source.replace(
          /ENGINE_VERSION = (\d+)/,
          (_all, version) => `ENGINE_VERSION = ${Number(version) - 1}`,
        );
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
    },
  };
}

function putIn(mutants: readonly Mutant[]): Plugin {
  return {
    name: 'mutants',
    setup: (plugin) => {
      plugin.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const wanted = patchesOf(mutants, file);
        if (wanted.length === 0) return undefined;
        const source = await readFile(file, 'utf8');
        return { contents: wanted.reduce(putOneIn, source), loader: 'ts' };
      });
    },
  };
}

type Patch = Mutant['patches'][number] & Pick<Mutant, 'fault'>;

function patchesOf(mutants: readonly Mutant[], file: string): Patch[] {
  return mutants
    .flatMap(({ fault, patches }) => patches.map((patch) => ({ fault, ...patch })))
    .filter((patch) => path.join(ROOT, patch.file) === file);
}

function putOneIn(source: string, { fault, file, find, replace }: Patch): string {
  if (source.split(find).length !== 2) throw new Error(`Mutant "${fault}": its text is not there once in ${file}`);
  return source.replace(find, () => replace);
}
