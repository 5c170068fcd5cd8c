import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { step, type ScenarioEvent, type ScenarioState, type StepResult } from '../../../scenario-dsl/run/step.ts';

/** A step that the released engine 1 took: what it was given, and what came of it. */
interface RecordedStep {
  file: string;
  state: ScenarioState;
  event: ScenarioEvent;
  now: number;
  effects: StepResult['effects'];
  path: StepResult['path'];
  block: string;
  status: StepResult['status'];
  deadlines: ScenarioState['deadlines'];
}

// Recorded once with the release; running conversations hold such states, so the file never changes.
const recorded = JSON.parse(readFileSync('test/fixtures/engine-1-steps.json', 'utf8')) as RecordedStep[];
const files = [...new Set(recorded.map(({ file }) => file))];

function compile(file: string, engineVersion: number): ReturnType<typeof compileScenario> {
  const { document } = parseScenario(readFileSync(file, 'utf8'));
  if (!document) throw new Error(`${file} cannot be read`);
  return compileScenario(document, { engineVersion });
}

describe.each(files)('A conversation of %s that engine 1 has begun', (file) => {
  const steps = recorded.filter((each) => each.file === file);

  it.each([1, 2])('goes on as it did, step for step, in engine %d', (engineVersion) => {
    const scenario = compile(file, engineVersion);
    for (const { state, event, now, effects, path, block, status, deadlines } of steps) {
      const result = step(scenario, state, event, now);
      expect({ ...result, state: result.state.deadlines }).toEqual({ effects, path, block, status, state: deadlines });
    }
  });
});
