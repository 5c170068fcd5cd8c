/** `npm run bench`: measures the product beside its floors and prints a table. docs/benchmarks.md says how to read it. */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { readOptions, UsageError, type BenchmarkName, type BenchOptions } from './options.ts';
import { formatTable } from './report/format-table.ts';
import type { BenchmarkResult } from './report/measurement.ts';
import { startBenchStack, type BenchStack } from './stack/bench-stack.ts';
import { measureDecoder } from './decoder.ts';
import { measureLiveEvents } from './live-events.ts';
import { measureDispatcher } from './dispatcher.ts';
import { measureScenarioTests } from './scenario-tests.ts';
import { measureStep } from './step.ts';
import { measureTurns } from './turn.ts';
import { measureWebhookBatch } from './webhook-batch.ts';
import { measureWebhookCrowd } from './webhook-crowd.ts';

type Log = (line: string) => void;

/** Each with what it needs; those without a stack come first and are not disturbed by one. */
const PURE = { decoder: measureDecoder, step: measureStep, 'scenario-tests': measureScenarioTests } as const;
const THROUGH_PRODUCT = {
  turn: measureTurns,
  'webhook-batch': (stack: BenchStack, options: BenchOptions, log: Log) =>
    (options.isCrowded ? measureWebhookCrowd : measureWebhookBatch)(stack, options, log),
  dispatcher: measureDispatcher,
  'live-events': measureLiveEvents,
} as const;

const startedAt = performance.now();
const log: Log = (line) =>
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

type Results = Partial<Record<BenchmarkName, BenchmarkResult>>;

async function main(options: BenchOptions): Promise<void> {
  const results: Results = {};
  for (const name of ['decoder', 'step', 'scenario-tests'] as const) {
    if (!options.only.includes(name)) continue;
    log(name);
    results[name] = PURE[name]();
  }
  const names = (['turn', 'webhook-batch', 'dispatcher', 'live-events'] as const).filter((name) =>
    options.only.includes(name),
  );
  if (names.length > 0) await measureThroughProduct(options, names, results);
  await report(options, results);
}

async function measureThroughProduct(
  options: BenchOptions,
  names: readonly (keyof typeof THROUGH_PRODUCT)[],
  results: Results,
): Promise<void> {
  let stack: BenchStack | undefined;
  const stopOnSignal = (): void => {
    void (stack?.stop() ?? Promise.resolve()).finally(() => process.exit(130));
  };
  process.once('SIGINT', stopOnSignal).once('SIGTERM', stopOnSignal);
  try {
    stack = await startBenchStack(options, log);
    for (const name of names) {
      log(name);
      results[name] = await THROUGH_PRODUCT[name](stack, options, log);
    }
  } finally {
    await stack?.stop();
    process.off('SIGINT', stopOnSignal).off('SIGTERM', stopOnSignal);
  }
}

async function report(options: BenchOptions, results: Results): Promise<void> {
  const lines = Object.values(results).flatMap((result) => result.lines);
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model, load: loadavg() };
  console.log(formatTable(lines));
  console.log(
    `\n${machine.cpus} CPUs, node ${machine.node}, load average ${machine.load.map((x) => x.toFixed(1)).join(' ')}`,
  );
  if (options.jsonFile === undefined) return;
  const raw = Object.fromEntries(Object.entries(results).map(([name, result]) => [name, result.raw]));
  await writeFile(options.jsonFile, `${JSON.stringify({ options, machine, lines, raw }, null, 2)}\n`);
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
