import path from 'node:path';
import { ConfigError } from '../adapters/config-error.ts';
import { readStackConfig } from '../adapters/config.ts';
import { NoServerError } from './embedded/embedded-options.ts';
import { ProcessError } from './embedded/server-process.ts';
import { bringUp, type Stack, StackError } from './stack/bring-up.ts';
import type { CompileOptions } from './stack/compile-options.ts';
import { compileProduct } from './stack/compile-product.ts';
import { createProgress } from './stack/progress.ts';
import type { Programs } from './stack/stack-context.ts';

/** Where `npm start` reads and writes; `programs` is replaced in tests. */
export interface StartOptions {
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  printError: (line: string) => void;
  programs?: Programs;
}

const projectDir = path.join(import.meta.dirname, '..');
const FORCED_EXIT_CODE = 130;
const SAME_KEYPRESS_MS = 1000;

/**
 * Runs the whole product in the foreground until SIGINT or SIGTERM and gives the exit code.
 * The last line on stdout is `ready <url>`; what happens later goes to stderr.
 */
export async function start(options: StartOptions): Promise<number> {
  const stopping = stopOnSignal();
  try {
    const stack = await startStack(options, stopping.signal);
    await stopping.untilAsked;
    options.printError('stopping');
    await stack.stop();
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    if (!isExpected(error)) throw error;
    options.printError(error.message);
    return 1;
  } finally {
    stopping.release();
  }
}

async function startStack({ env, print, printError, programs: given }: StartOptions, signal: AbortSignal) {
  const config = readStackConfig(env);
  let isReady = false;
  const log = createProgress((line) => (isReady ? printError(line) : print(line)));
  const programs = given ?? (await findPrograms({ projectDir, cacheDir: config.cacheDir, env, log, signal }));
  const stack = await bringUp({ config, env, projectDir, programs, log, signal });
  if (config.hasDemo) await seedDemo(stack, log);
  printSummary(stack, print);
  isReady = true;
  print(`ready ${stack.url}`);
  return stack;
}

/** What a checkout compiles, or what lies beside this file where it has been compiled itself. */
async function findPrograms(options: CompileOptions): Promise<Programs> {
  const product = import.meta.url.endsWith('.ts') ? await compileProduct(options) : projectDir;
  return {
    simulator: path.join(product, 'dev', 'simulator', 'main.js'),
    worker: path.join(product, 'worker', 'main.js'),
    api: path.join(product, 'api', 'main.js'),
    workflows: product,
  };
}

/** Demo data is a convenience: without it the stack is still of use, so a failure is told and no more. */
async function seedDemo(stack: Stack, log: (line: string) => void): Promise<void> {
  try {
    const { seedDemo: seed } = await import('./demo/seed-demo.ts');
    await seed({ apiUrl: stack.url, adminToken: stack.adminToken, simulatorUrl: stack.simulatorUrl, log });
  } catch (error) {
    log(`the demo data could not be seeded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function printSummary(stack: Stack, print: (line: string) => void): void {
  print('');
  print(`  console and API  ${stack.url}`);
  print(`  simulator        ${stack.simulatorUrl}`);
  print(`  admin token      ${stack.adminTokenPath}`);
  print(`  logs             ${stack.logsDir}`);
  print('  stop             Ctrl-C');
  print('');
}

interface Stopping {
  signal: AbortSignal;
  untilAsked: Promise<void>;
  release: () => void;
}

/** The first signal asks to stop; the second ends us at once, and the guards of our processes end those. */
function stopOnSignal(): Stopping {
  const controller = new AbortController();
  const untilAsked = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve());
  });
  let askedAt = 0;
  const onSignal = (): void => {
    // One Ctrl-C under `npm start` arrives twice: from the terminal, and passed on by npm.
    if (controller.signal.aborted && Date.now() - askedAt > SAME_KEYPRESS_MS) process.exit(FORCED_EXIT_CODE);
    if (!controller.signal.aborted) askedAt = Date.now();
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    untilAsked,
    release: () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}

function isExpected(error: unknown): error is Error {
  return [StackError, ConfigError, NoServerError, ProcessError].some((expected) => error instanceof expected);
}
