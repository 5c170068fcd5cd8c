import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What runs, as `<data>/stack.json` says it; rewritten at every restart. Scripts and tests read it.
 * A pid is absent while a process is down, and for servers that are not ours.
 */
export interface StackState {
  url: string;
  supervisor: { pid: number };
  temporal: { address: string; pid?: number };
  mongo: { uri: string; pid?: number };
  simulator: { url: string; pid?: number };
  worker: { pid?: number };
  api: { port: number; pid?: number };
  startedAt: string;
}

export type ProcessName = 'temporal' | 'mongo' | 'simulator' | 'worker' | 'api';

const FILE = 'stack.json';

/** Keeps `<data>/stack.json` in step with what runs. Writes follow each other in order and replace the whole file. */
export class StackFile {
  readonly state: StackState;
  readonly #file: string;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(dataDir: string, state: StackState) {
    this.#file = path.join(dataDir, FILE);
    this.state = state;
  }

  /** Notes that a process runs under `pid`, or is down. */
  setPid(name: ProcessName, pid: number | undefined): Promise<void> {
    delete this.state[name].pid;
    if (pid !== undefined) this.state[name].pid = pid;
    return this.save();
  }

  /** Settles when the file holds the state of now. */
  save(): Promise<void> {
    const text = `${JSON.stringify(this.state, undefined, 2)}\n`;
    this.#lastWrite = this.#lastWrite.then(() => this.#replace(text));
    return this.#lastWrite;
  }

  async #replace(text: string): Promise<void> {
    await writeFile(`${this.#file}.new`, text);
    await rename(`${this.#file}.new`, this.#file);
  }
}

/** The pids an earlier stack has written; none where the file is missing or unreadable. */
export async function readEarlierPids(dataDir: string): Promise<number[]> {
  try {
    const state: unknown = JSON.parse(await readFile(path.join(dataDir, FILE), 'utf8'));
    return Object.values(Object(state)).flatMap((part: unknown) => {
      const pid: unknown = Object(part).pid;
      return typeof pid === 'number' ? [pid] : [];
    });
  } catch {
    return [];
  }
}
