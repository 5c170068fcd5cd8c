import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledProduct } from '../support/compiled-product.ts';
import { cacheDir } from '../support/embedded-cache.ts';
import { findFreePort } from '../../dev/embedded/free-ports.ts';
import { readTutorial, type TutorialStep } from '../support/tutorial.ts';
import { until } from '../support/until.ts';

type Commands = Extract<TutorialStep, { kind: 'commands' }>;

const projectDir = path.join(import.meta.dirname, '..', '..');
const steps = readTutorial(await readFile(path.join(projectDir, 'docs', 'scenario-tutorial.md'), 'utf8'));
const PORT_OF_THE_PAGE = '127.0.0.1:3000';
const SERVER = 'npm start';

let checkout: string;
let port: number;
let server: ChildProcess | undefined;

beforeAll(async () => {
  port = await findFreePort();
  checkout = await createCheckout();
});
afterAll(async () => {
  if (server?.pid !== undefined && server.exitCode === null) {
    const exited = once(server, 'exit');
    process.kill(-server.pid, 'SIGINT');
    await exited;
  }
  await rm(checkout, { recursive: true, force: true });
});

/** A folder that looks like the checkout, compiled already, and has data and files of its own. */
async function createCheckout(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'attendant-tutorial-'));
  const product = await compiledProduct();
  for (const name of await readdir(product)) await symlink(path.join(product, name), path.join(folder, name));
  return folder;
}

interface Terminal {
  child: ChildProcess;
  /** All that was printed so far. */
  output: () => string;
  hasEnded: () => boolean;
  ended: Promise<unknown>;
}

/** A terminal of the reader's: nothing set but what keeps this test apart from others. */
function open(command: string): Terminal {
  const ours = Object.entries(process.env).filter(([name]) => !/^(ATTENDANT_|TEMPORAL_|MONGODB_)/.test(name));
  const child = spawn('bash', ['-c', command], {
    cwd: checkout,
    detached: true,
    env: { ...Object.fromEntries(ours), ATTENDANT_PORT: String(port), ATTENDANT_CACHE_DIR: cacheDir },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let hasEnded = false;
  const ended = once(child, 'close').then(() => (hasEnded = true));
  return { child, output: () => output, hasEnded: () => hasEnded, ended };
}

/** Types what is to be typed and waits for the rest; a process that ends before is a failure with all that it said. */
async function follow({ child, output, hasEnded }: Terminal, transcript: readonly string[]): Promise<void> {
  let from = 0;
  for (const line of transcript.map((each) => each.replace(PORT_OF_THE_PAGE, `127.0.0.1:${port}`))) {
    if (line.startsWith('> ')) {
      child.stdin?.write(`${line.slice(2)}\n`);
      continue;
    }
    const foundAt = await until(
      line,
      () => {
        const at = output().indexOf(line, from);
        if (at < 0 && hasEnded()) throw new Error(`Not printed: ${line}\n${output()}`);
        return at < 0 ? undefined : { at };
      },
      120_000,
    );
    from = foundAt.at + line.length;
  }
}

async function run({ commands, transcript }: Commands): Promise<void> {
  const [only] = commands;
  if (only?.command === SERVER) {
    const started = open(`exec ${SERVER}`);
    server = started.child;
    await follow(started, transcript);
    return;
  }
  for (const [index, { command, exitCode }] of commands.entries()) {
    const terminal = open(command);
    if (index === commands.length - 1) await follow(terminal, transcript);
    terminal.child.stdin?.end();
    await terminal.ended;
    expect(terminal.child.exitCode, terminal.output()).toBe(exitCode);
  }
}

describe('docs/scenario-tutorial.md, followed to the letter', () => {
  it('has the whole way: check, play, test, publish, use, take back', () => {
    const commands = steps.flatMap((step) => (step.kind === 'commands' ? step.commands : []));
    const verbs = ['check', 'simulate', 'test', 'publish', 'apply', 'versions', 'rollback'];
    expect(
      verbs.filter((verb) => !commands.some(({ command }) => command.startsWith(`npx attendant ${verb}`))),
    ).toEqual([]);
  });

  for (const step of steps) {
    if (step.kind === 'file') {
      it(`has the reader write ${step.name}`, () => writeFile(path.join(checkout, step.name), step.text));
    } else {
      it(`prints what the page says: ${step.commands.map(({ command }) => command).join('; ')}`, () => run(step));
    }
  }
});
