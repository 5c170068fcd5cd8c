/** The process of one attack: repeats a request until its parent lets go of it. */
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';

const { url, headers, body, callers, pauseMs } = JSON.parse(await text(process.stdin)) as Attack;
const statuses: Record<string, number> = {};
let sent = 0;

async function call(): Promise<number> {
  sent += 1;
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: body.replace('{n}', String(sent)),
  });
  await response.text();
  return response.status;
}

async function countOne(): Promise<void> {
  const status = await call().catch(() => 0);
  statuses[status] = (statuses[status] ?? 0) + 1;
}

async function repeat(): Promise<void> {
  while (process.connected) {
    await countOne();
    await sleep(pauseMs);
  }
}

process.once('disconnect', () => {
  process.stdout.write(JSON.stringify(statuses), () => process.exit(0));
});
await countOne();
process.send?.('answered');
await Promise.all(Array.from({ length: callers }, repeat));
