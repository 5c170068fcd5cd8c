/** The agent's desktop in a browser: `npm run bench:desktop`. docs/benchmarks.md says how to read it. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { formatTable } from '../report/format-table.ts';
import type { Measurement } from '../report/measurement.ts';
import { measureDay } from './day.ts';
import { openDesk, type Desk } from './desk.ts';
import { measureFirstPaint } from './first-paint.ts';
import { measureMessageToPaint } from './message-to-paint.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'message,first-paint,day' },
    messages: { type: 'string', default: '100' },
    chats: { type: 'string', default: '200' },
  },
});
const startedAt = performance.now();
const log = (line: string): void =>
  void process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

const MEASURES: Readonly<Record<string, (desk: Desk) => Promise<Measurement[]>>> = {
  message: (desk) => measureMessageToPaint(desk, Number(values.messages)),
  'first-paint': measureFirstPaint,
  day: (desk) => measureDay(desk, Number(values.chats), log),
};

for (const name of values.only.split(',')) {
  const measure = MEASURES[name];
  if (!measure) throw new Error(`--only takes ${Object.keys(MEASURES).join(', ')}; not ${name}`);
  // Each has a stack and a browser of its own: nothing of the one before is measured.
  const desk = await openDesk();
  try {
    log(name);
    console.log(formatTable(await measure(desk)));
  } finally {
    await desk.stop();
  }
}
console.log(
  `\nload average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
