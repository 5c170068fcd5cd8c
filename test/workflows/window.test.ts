import { describe, expect, it } from 'vitest';
import { compileScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import type { Actor } from '../../workflows/conversation/actor.ts';
import { windowWarningAt } from '../../workflows/conversation/window.ts';

const HOUR_MS = 3_600_000;
const UNTIL = 100 * HOUR_MS;

function actorOf(rules: string, windowTold?: { until: number; leadMs: number }): Actor {
  const { document } = parseScenario(
    `attendant: 2\nscenario: window\n${rules}blocks: { ask: { send-message: { text: Hi, wait: {} }, exits: { timeout: end }, next: end } }`,
  );
  if (!document) throw new Error('The scenario is wrong');
  const state = { window: { until: UNTIL }, conversation: { ...(windowTold && { windowTold }) } };
  return { state, scenario: compileScenario(document) } as unknown as Actor;
}

const rules =
  'anywhere: [{ event: window-closing, before: 3h, go: ask }, { event: window-closing, before: 30m, go: end }]\n';

describe('The end of the messaging window is told', () => {
  it.each<[string, { written?: string; told?: { until: number; leadMs: number }; hours?: number }]>([
    ['an hour before it where no rule says otherwise', { hours: 1 }],
    ['not again where it was told', { told: { until: UNTIL, leadMs: HOUR_MS } }],
    ['as long before it as the first rule says', { written: rules, hours: 3 }],
    [
      'then an hour before it, as agents are shown',
      { written: rules, told: { until: UNTIL, leadMs: 3 * HOUR_MS }, hours: 1 },
    ],
    ['then as the last rule says', { written: rules, told: { until: UNTIL, leadMs: HOUR_MS }, hours: 0.5 }],
    [
      'from the beginning for another window',
      { written: rules, told: { until: UNTIL - 1, leadMs: HOUR_MS / 2 }, hours: 3 },
    ],
  ])('%s', (_what, { written = '', told, hours }) => {
    expect(windowWarningAt(actorOf(written, told))).toBe(hours === undefined ? undefined : UNTIL - hours * HOUR_MS);
  });
});
