/** The process of one attack: repeats a request until its parent lets go of it. */
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';

const { url, headers, body, callers, pauseMs } = JSON.parse(await text(process.stdin)) as Attack;
const over = new AbortController();
process.once('disconnect', () => over.abort());
const statuses: Record<string, number> = {};
let sent = 0;

async function call(): Promise<number> {
  sent += 1;
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: body.replace('{n}', String(sent)),
    signal: over.signal,
  });
  await response.text();
  return response.status;
}

async function repeat(): Promise<void> {
  while (!over.signal.aborted) {
    const status = await call().catch(() => 0);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (process.connected) process.send?.('answered');
    await sleep(pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
  }
}

await Promise.all(Array.from({ length: callers }, repeat));
process.stdout.write(JSON.stringify(statuses));
