import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheDir } from './embedded-cache.ts';

/** Pinned: another version asks other questions. Source: https://pypi.org/project/schemathesis/ */
const VERSION = '4.32.5';

interface ProgramResult {
  code: number | null;
  output: string;
}

/** Installs Schemathesis into a Python environment of its own in the shared cache, once; gives its program. */
export async function ensureSchemathesis(): Promise<string> {
  const folder = path.join(cacheDir, `schemathesis-${VERSION}`);
  const program = path.join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  await runOrThrow('python3', ['-m', 'venv', folder]);
  await runOrThrow(path.join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
  return program;
}

async function runOrThrow(program: string, args: string[]): Promise<void> {
  const { code, output } = await runProgram(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
}

/** Runs a program to its end, with all that it says. */
export function runProgram(program: string, args: string[]): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    // It keeps what it found in the folder it runs in.
    const child = spawn(program, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}
