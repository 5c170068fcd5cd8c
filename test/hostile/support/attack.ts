import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** One request, repeated. */
export interface Attack {
  url: string;
  headers: Record<string, string>;
  /** `{n}` in it becomes the number of the request. */
  body: string;
  /** At once. */
  callers: number;
  /** Between an answer and the same caller's next request. */
  pauseMs: number;
}

/** An attack under way, in a process of its own: what it costs to send is not on the clock of who measures. */
export interface RunningAttack {
  /** Ends it; gives how often each status was answered, `0` for none. */
  stop(): Promise<Record<string, number>>;
}

const main = path.join(import.meta.dirname, 'attack-main.ts');

/** Starts an attack and waits for its first answer. */
export async function startAttack(attack: Attack): Promise<RunningAttack> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('The attack has no pipes');
  stdin.end(JSON.stringify(attack));
  const output = text(stdout);
  await once(child, 'message');
  return {
    async stop() {
      child.disconnect();
      return JSON.parse(await output) as Record<string, number>;
    },
  };
}
