#!/usr/bin/env node
// A checkout runs the TypeScript source through tsx; a compiled checkout has the command beside this file, the production
// image has it in its build.
import { existsSync } from 'node:fs';

const places = ['main.ts', 'main.js', '../dist/cli/main.js'].map((place) => new URL(place, import.meta.url));
const main = places.find((place) => existsSync(place)) ?? places[0];
if (main.pathname.endsWith('.ts')) (await import('tsx/esm/api')).register();
const { runCli } = await import(main.href);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});
