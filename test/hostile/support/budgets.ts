import { expect } from 'vitest';
import type { Latencies } from './desk-under-load.ts';

const WEBHOOK_P99_MS = 1000;
const MESSAGE_P99_MS = 500;
/** What a busy machine may add: the same desk without the load, measured in the same run, may be slow by itself. */
const MAX_RATIO = 4;

/** Holds the desk under a load to the budgets, or to a multiple of what it took without it where that is more. */
export function expectWithinBudgets(load: string, { alone, beside }: { alone: Latencies; beside: Latencies }): void {
  process.stderr.write(`${load}: ${format('alone', alone)}; ${format('beside it', beside)}\n`);
  expect(beside.webhookP99Ms, 'webhook').toBeLessThan(Math.max(WEBHOOK_P99_MS, MAX_RATIO * alone.webhookP99Ms));
  expect(beside.messageP99Ms, "agent's message").toBeLessThan(Math.max(MESSAGE_P99_MS, MAX_RATIO * alone.messageP99Ms));
}

const format = (when: string, { webhookP99Ms, messageP99Ms, count }: Latencies): string =>
  `${when} webhook p99 ${Math.round(webhookP99Ms)} ms, message p99 ${Math.round(messageP99Ms)} ms (${count})`;
