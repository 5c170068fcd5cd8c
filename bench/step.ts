import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import { parseScenario } from '../scenario-dsl/parse/parse-scenario.ts';
import { compileScenario, type CompiledScenario } from '../scenario-dsl/compile/compile-scenario.ts';
import { checkScenario } from '../scenario-dsl/checks/check-scenario.ts';
import { startScenario, step, type ScenarioEvent, type ScenarioState } from '../scenario-dsl/run/step.ts';
import { show, type BenchmarkResult, type Measurement } from './report/measurement.ts';
import { median, percentile, processorMs, timeRepeated } from './report/statistics.ts';

const SIZES = [50, 200, 1000] as const;
const STEPS = 2000;
const ROUNDS = 20;
const WITHIN_MS = 5000;

interface SizeResult {
  blocks: number;
  parseMs: number;
  compileMs: number;
  checkMs: number;
  stepP50Ms: number;
  stepP99Ms: number;
  stateBytes: number;
}

/** The pure engine: what a scenario costs to read and compile, and what one event costs in scenarios of all sizes. */
export function measureStep(): BenchmarkResult {
  const results = SIZES.map(measureSize);
  const [small, , large] = results;
  const lines: Measurement[] = results.flatMap(
    ({ blocks, parseMs, checkMs, compileMs, stepP50Ms, stepP99Ms, stateBytes }) => [
      toLine(
        `scenario of ${blocks} blocks: parse, check, compile (processor)`,
        `${show(parseMs, ' ms')}, ${show(checkMs, ' ms')}, ${show(compileMs, ' ms')}`,
      ),
      toLine(
        `scenario of ${blocks} blocks: step p50, p99; state`,
        `${show(stepP50Ms * 1000, ' us')}, ${show(stepP99Ms * 1000, ' us')}; ${stateBytes} B`,
      ),
    ],
  );
  if (small && large) {
    const perBlock = (cost: 'parseMs' | 'checkMs' | 'compileMs'): string =>
      `${show(large[cost] / large.blocks / (small[cost] / small.blocks))} (1,000 blocks against 50)`;
    lines.push(
      { ...toLine('parse, cost of a block', ''), ratio: perBlock('parseMs') },
      { ...toLine('check, cost of a block', ''), ratio: perBlock('checkMs') },
      { ...toLine('compile, cost of a block', ''), ratio: perBlock('compileMs') },
      { ...toLine('step', ''), ratio: `${show(large.stepP50Ms / small.stepP50Ms)} (1,000 blocks against 50)` },
    );
  }
  return { lines, raw: results };
}

const toLine = (what: string, ours: string): Measurement => ({ benchmark: 'step', what, ours });

function measureSize(blocks: number): SizeResult {
  const source = createSource(blocks);
  const { document, problems } = parseScenario(source);
  if (!document) throw new Error(`The benchmark's scenario is wrong: ${JSON.stringify(problems.slice(0, 3))}`);
  // Work of this process alone: on a machine that others use as well, the time on the wall says how busy those are.
  // Most of the first rounds is the compiler of Node, which works in threads of this process: they warm up, and are not counted.
  const measure = (task: () => unknown): number => {
    timeRepeated(task, { times: ROUNDS, withinMs: WITHIN_MS });
    return median(timeRepeated(task, { times: ROUNDS, withinMs: WITHIN_MS, clock: processorMs }));
  };
  const parseMs = measure(() => parseScenario(source));
  // A block's ways are remembered with it: a fresh document, as every publishing has one.
  const documents = Array.from({ length: 4 * ROUNDS }, () => structuredClone(document));
  const fresh = (): ScenarioDocument => documents.pop() ?? structuredClone(document);
  const checkMs = measure(() => checkScenario(fresh()));
  const compileMs = measure(() => compileScenario(fresh()));
  const walker = createWalker(compileScenario(document));
  timeRepeated(() => walker.next(), { times: 300, withinMs: WITHIN_MS });
  const steps = timeRepeated(() => walker.next(), { times: STEPS, withinMs: WITHIN_MS });
  return {
    blocks,
    parseMs,
    checkMs,
    compileMs,
    stepP50Ms: median(steps),
    stepP99Ms: percentile(steps, 0.99),
    stateBytes: JSON.stringify(walker.state()).length,
  };
}

/** Asks, branches on the answer, sets a variable, says something, in two languages; the last block leads back to the first. Some words work anywhere. */
function createSource(blocks: number): string {
  const rules = ['agent', 'stop', 'menu'].map(
    (word) => `  - { when: "$(item.message) matches '^${word}\\\\b'", go: b0, except: [b0] }`,
  );
  const lines = [
    'attendant: 2',
    'scenario: bench-steps',
    'languages: [en, de]',
    'language: $(item.referral.ref|en)',
    'anywhere:',
    ...rules,
    'blocks:',
  ];
  for (let n = 0; n < blocks - 1; n += 1) {
    const next = `b${n + 1}`;
    if (n % 4 === 0)
      lines.push(
        `  b${n}:`,
        `    send-message: { text: { en: "Question ${n}?", de: "Frage ${n}?" }, wait: { into: said, timeout: 10m } }`,
      );
    else if (n % 4 === 1)
      lines.push(`  b${n}:`, `    if: [{ when: "$(said) contains 'invoice'", go: ${next} }, { else: ${next} }]`);
    else if (n % 4 === 2) lines.push(`  b${n}:`, `    set-variable: { last: "$(said)" }`);
    else lines.push(`  b${n}:`, `    send-message: { text: { en: "You said $(last)", de: "Gesagt wurde $(last)" } }`);
  }
  lines.push(`  b${blocks - 1}:`, '    goto: b0');
  return `${lines.join('\n')}\n`;
}

/** Gives a run what it waits for, one event a call: the delivery status of its message, or the customer's next one. */
function createWalker(scenario: CompiledScenario): { next: () => void; state: () => ScenarioState } {
  let now = 1_700_000_000_000;
  let result = startScenario(scenario, { variables: { item: { message: 'Hi' } } }, now);
  let unanswered: string | undefined = result.effects[0]?.id;
  const take = (event: ScenarioEvent): void => {
    now += 1000;
    result = step(scenario, result.state, event, now);
    if (result.status !== 'running')
      throw new Error(`The benchmark's scenario ended: ${result.problem ?? result.block}`);
    unanswered = result.effects[0]?.id;
  };
  return {
    next() {
      if (unanswered !== undefined) return take({ type: 'message.sent', effectId: unanswered });
      take({ type: 'customer.message', message: { text: 'my invoice', attachments: [], at: now, mid: `m_${now}` } });
    },
    state: () => result.state,
  };
}
