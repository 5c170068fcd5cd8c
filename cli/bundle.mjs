import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the sources of the command lie. One from elsewhere fails the bundle: nobody would see it change. */
const FOLDERS = ['adapters', 'cli', 'contracts', 'dev', 'reports', 'scenario-dsl', 'workflows'];
/** Native, or larger than what is saved; `start` runs from its sources, and knows what lies beside them. */
const LEFT_OUT = ['@temporalio/*', '@node-rs/*', 'mongodb', 'pino', '../../dev/start.ts', '../../dev/start.js'];
/** What a checkout goes back and forth between: two branches, and what was there before. */
const KEPT = 3;

/**
 * Puts the command and what it is made of into few files, which load four times as fast.
 *
 * @param {{ main: string, into: string }} options - paths of the file that exports `runCli`, and of a folder
 * @returns {Promise<string[]>} paths of all sources that went in, from the working directory
 */
async function bundle({ main, into }) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: [main],
    outdir: into,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    // What is CommonJS among the packages asks for Node's own modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    metafile: true,
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

/**
 * Gives the bundle of a checkout’s sources as they are, made where there is none yet.
 *
 * @param {string} root - path of the checkout
 * @returns {Promise<string>} path of the module that exports `runCli`
 * @throws where it cannot be made: without esbuild, without a place to write, with a source that does not parse
 */
export async function bundleSources(root) {
  const cache = path.join(root, 'node_modules', '.cache', 'attendant');
  const target = path.join(cache, `cli-${keyOf(root)}`);
  const main = path.join(target, 'main.js');
  if (existsSync(main)) return main;
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(path.join(cache, 'making-'));
  try {
    const inputs = await bundle({ main: path.join(root, 'cli', 'main.ts'), into: aside });
    for (const input of inputs.map((each) => path.relative(root, path.resolve(each)))) {
      const [top = ''] = input.split(path.sep);
      if (top !== 'node_modules' && !FOLDERS.includes(top)) throw new Error(`${input} is a source of the command`);
    }
    // Whoever came first has the same.
    if (!existsSync(target)) renameSync(aside, target);
    removeOlder(cache);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return main;
}

/** Changes with every source, and with every package. */
function keyOf(root) {
  const hash = createHash('sha256');
  const add = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  };
  for (const folder of FOLDERS) {
    if (!existsSync(path.join(root, folder))) continue;
    for (const name of readdirSync(path.join(root, folder), { recursive: true })) {
      if (/\.m?ts$|\.mjs$/.test(name)) add(path.join(root, folder, name));
    }
  }
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(lock)) add(lock);
  return hash.digest('hex').slice(0, 16);
}

function removeOlder(cache) {
  const bundles = readdirSync(cache)
    .filter((name) => name.startsWith('cli-'))
    .map((name) => path.join(cache, name))
    .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const old of bundles.slice(KEPT)) rmSync(old, { recursive: true, force: true });
}

// `node cli/bundle.mjs <main> <folder>`: for the image.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [main, into] = process.argv.slice(2);
  await bundle({ main, into });
}
