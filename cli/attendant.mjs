#!/usr/bin/env node
// A checkout runs its TypeScript: bundled, since that loads four times as fast, or as it is through tsx. A compiled
// checkout has the command beside this file, the production image has it bundled in its build.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const { runCli } = await import(await findMain());

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(args, {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});

async function findMain() {
  const source = new URL('main.ts', import.meta.url);
  if (!existsSync(source)) {
    const places = ['main.js', '../dist/cli/bundle/main.js', '../dist/cli/main.js'].map(
      (place) => new URL(place, import.meta.url),
    );
    return (places.find((place) => existsSync(place)) ?? source).href;
  }
  // What is started stays: it is compiled in its own way, and knows what lies beside it.
  const bundled = args[0] === 'start' ? undefined : await findBundle();
  if (bundled !== undefined) return bundled;
  (await import('tsx/esm/api')).register();
  return source.href;
}

/** None where there is no esbuild, or no place to write; where a source does not parse, tsx says so. */
async function findBundle() {
  try {
    const { bundleSources } = await import('./bundle.mjs');
    return await bundleSources(fileURLToPath(new URL('..', import.meta.url)));
  } catch {
    return undefined;
  }
}
