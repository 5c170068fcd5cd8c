import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A build tool to run to its end. `progress` is called every 20 s with the seconds it has taken so far. */
export interface ToolRun {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  progress?: (seconds: number) => void;
  signal?: AbortSignal;
}

const PROGRESS_EVERY_MS = 20_000;
const KEPT_OUTPUT = 2_000;

/** Runs a tool quietly; what it last printed becomes part of the error when it fails. */
export async function runTool({ program, args, env, cwd, progress, signal }: ToolRun): Promise<void> {
  const startedAt = Date.now();
  const child = spawn(program, args, {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGINT',
    ...(signal ? { signal } : {}),
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setInterval(() => progress?.(Math.round((Date.now() - startedAt) / 1_000)), PROGRESS_EVERY_MS);
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.trim()}`);
  } finally {
    clearInterval(timer);
  }
}
