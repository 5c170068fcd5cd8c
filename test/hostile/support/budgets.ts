import { expect } from 'vitest';
import type { Latencies } from './desk-under-load.ts';

const WEBHOOK_P99_MS = 1000;
const MESSAGE_P99_MS = 500;

/**
 * Tells how quick the desk is alone and under a load, and holds the budgets. Only run where ATTENDANT_HOLD_BUDGETS=1 says
 * that the machine is quiet and nobody else's: a measured time is no test on a machine that other files share.
 */
export function reportLatencies(load: string, { alone, beside }: { alone: Latencies; beside: Latencies }): void {
  process.stderr.write(`${load}: ${format('alone', alone)}; ${format('beside it', beside)}\n`);
  expect(beside.refused, 'refused').toBe(0);
  expect(beside.webhookP99Ms, 'webhook').toBeLessThan(WEBHOOK_P99_MS);
  expect(beside.messageP99Ms, "agent's message").toBeLessThan(MESSAGE_P99_MS);
}

const format = (when: string, { webhookP99Ms, messageP99Ms, count, refused }: Latencies): string =>
  `${when} webhook p99 ${Math.round(webhookP99Ms)} ms, message p99 ${Math.round(messageP99Ms)} ms (${count}, ${refused} refused)`;
