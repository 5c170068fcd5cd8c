// Tests of a scenario as files: pure, with a virtual clock; CLI, api and browser run the same.
import { compileScenario, type CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { expandScenarios, type ScenarioLibrary } from '../document/expand-scenarios.ts';
import type { TakenWay } from '../machine/run-setup.ts';
import { writeMoment } from '../expression/calendar.ts';
import { checkAnswers } from './check-answers.ts';
import { checkInputs } from './check-inputs.ts';
import { createSetting } from './create-setting.ts';
import { SimulatedChat, type TraceEntry } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import { finishReading, takeStep, type RunningTest } from './take-step.ts';
import type { ScenarioTest, TestFile } from './test-file-schema.ts';
import { formatFailure } from './transcript.ts';

/** What became of one test. */
export interface TestOutcome {
  name: string;
  /** The step (from 0) that did not go as it says, and the chat up to there; absent when the test passed. */
  failure?: { step: number; message: string; lines: string[] };
  steps: number;
  path: TakenWay[];
  /** Everything that the scenario asked of the world, and its timers, step by step. */
  trace: TraceEntry[];
  lastBlock: string | undefined;
}

/**
 * Runs every test of a file. Each begins anew; days of waiting take no time. Never throws because of what a test says.
 * `library`: the scenarios that this one starts, in which it can be expanded; without it starting one takes "failed".
 */
export function runTests(document: ScenarioDocument, file: TestFile, library?: ScenarioLibrary): TestOutcome[] {
  const subjects = new Map<string, TestSubject>();
  return file.tests.map((test) => {
    const missing = test.missing ?? file.missing ?? [];
    const key = JSON.stringify(missing);
    const subject = subjects.get(key) ?? toSubject(expandFor(document, library, missing), file);
    subjects.set(key, subject);
    return runTest(test, subject);
  });
}

function toSubject(document: ScenarioDocument, file: TestFile): TestSubject {
  return { document, scenario: compileScenario(document), file };
}

/** What cannot be expanded is told before tests are run; here it is as if the others were not there. */
function expandFor(
  document: ScenarioDocument,
  library: ScenarioLibrary | undefined,
  missing: readonly string[],
): ScenarioDocument {
  const expanded = library ? expandScenarios(document, library, missing) : { document };
  return 'fault' in expanded ? document : expanded.document;
}

interface TestSubject {
  document: ScenarioDocument;
  scenario: CompiledScenario;
  file: TestFile;
}

function runTest(test: ScenarioTest, { document, scenario, file }: TestSubject): TestOutcome {
  const chat = new SimulatedChat(scenario, createSetting(scenario, file, test));
  const running: RunningTest = { chat, document, hasReadMessages: false };
  const failure = findFailure(running, test, file);
  return {
    name: test.name,
    ...(failure ? { failure } : {}),
    steps: test.steps.length,
    path: chat.path,
    trace: chat.trace,
    lastBlock: chat.result?.block,
  };
}

function findFailure(running: RunningTest, test: ScenarioTest, file: TestFile): TestOutcome['failure'] {
  const { steps } = test;
  let current = 0;
  try {
    checkInputs({ ...file.variables, ...test.variables }, running.document);
    checkAnswers({ ...file.answers, ...test.answers }, running.document);
    for (const [index, step] of steps.entries()) {
      current = index;
      checkAnswers(step.answers ?? {}, running.document);
      takeStep(running, step);
    }
    finishReading(running);
    failOnFailedScenario(running);
    return undefined;
  } catch (error) {
    if (!(error instanceof StepMismatch)) throw error;
    const { chat } = running;
    const { lines } = chat;
    const begin = `  (it is ${writeMoment({ ms: chat.beginsAt, hasTime: true })?.replace(':00Z', 'Z') ?? ''})`;
    return { step: current, message: error.message, lines: [begin, ...formatFailure(lines, error.mismatch)] };
  }
}

/** A scenario's own fault (an endless loop) is no way to end, whatever the test expects. */
function failOnFailedScenario({ chat }: RunningTest): void {
  if (chat.result?.status === 'failed') throw new StepMismatch(chat.result.problem ?? 'The scenario failed.');
}
