#!/usr/bin/env node
// A checkout runs the TypeScript source through tsx; the production image holds the compiled command only.
import { existsSync } from 'node:fs';

const source = new URL('main.ts', import.meta.url);
if (existsSync(source)) (await import('tsx/esm/api')).register();
const main = existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url);
const { runCli } = await import(main.href);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});
