// Random customers and agents against what must hold of every scenario; a failure is shrunk to the smallest test that shows it.
import { compileScenario, type CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { sampleInputs } from './check-inputs.ts';
import { createSetting } from './create-setting.ts';
import { collectMaterial, createRandomSteps, type FuzzMaterial } from './random-steps.ts';
import { Random } from './random.ts';
import { SimulatedChat } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import { takeStep, type RunningTest } from './take-step.ts';
import type { TestAnswers, TestFile, TestStep } from './test-file-schema.ts';

/** What must hold and did not. `file` is a test that fails because of it. */
export interface FuzzFailure {
  run: number;
  message: string;
  file: TestFile;
}

export interface FuzzOptions {
  runs: number;
  seed: number;
}

/** So often a timer may fire before silence counts as endless. */
const MAX_SILENT_TIMERS = 200;

/** Runs random conversations until one breaks an invariant: the scenario fails, nobody can move it on, two speak, silence never ends. */
export function fuzzScenario(document: ScenarioDocument, { runs, seed }: FuzzOptions): FuzzFailure | undefined {
  const subject: Subject = { document, scenario: compileScenario(document), material: collectMaterial(document) };
  const random = new Random(seed);
  for (let run = 1; run <= runs; run += 1) {
    const steps = createRandomSteps(subject.material, random);
    const violation = findViolation(subject, steps);
    if (violation) return { run, ...shrink(subject, violation) };
  }
  return undefined;
}

interface Subject {
  document: ScenarioDocument;
  scenario: CompiledScenario;
  material: FuzzMaterial;
}

/** `proof`: the steps behind the conversation's own that make a test of it fail. */
interface Violation {
  message: string;
  steps: TestStep[];
  proof: TestStep[];
}

/** Nobody has told the world anything yet. */
const quietWorld: TestAnswers = { '*': 'no-data' };

/** Silence has to end by the scenario's own doing: Messenger's closing of the window, in which the next message waits and expires, is none. */
const mustEnd: TestStep[] = [
  { sends: 'work' },
  { window: 'open' },
  { thread: 'ours' },
  { after: '30d' },
  { expect: { ended: true } },
];

function findViolation({ document, scenario, material }: Subject, steps: readonly TestStep[]): Violation | undefined {
  const variables = sampleInputs(document);
  const setting = { agents: material.agents, answers: quietWorld, variables };
  const chat = new SimulatedChat(scenario, createSetting(scenario, setting));
  const test: RunningTest = { chat, document, hasReadMessages: false };
  const taken: TestStep[] = [];
  for (const step of steps) {
    const talking = chat.desk.talking?.username;
    if (!isTaken(test, step)) continue;
    taken.push(step);
    const broken = findBroken(chat, talking);
    if (broken) return { ...broken, steps: taken };
  }
  return chat.result && !endsInSilence(chat)
    ? { message: 'A silent customer waits for ever.', steps: taken, proof: mustEnd }
    : undefined;
}

/** False for a step that does not apply now: nobody is offered the chat, the conversation has ended. */
function isTaken(test: RunningTest, step: TestStep): boolean {
  try {
    takeStep(test, step);
    return true;
  } catch (error) {
    if (error instanceof StepMismatch) return false;
    throw error;
  }
}

function findBroken(chat: SimulatedChat, talking: string | undefined): Omit<Violation, 'steps'> | undefined {
  const { result, desk, messenger } = chat;
  if (result?.status === 'failed') return { message: result.problem ?? 'The scenario fails.', proof: [] };
  const isSpeaking = messenger.unread.some(({ by }) => by === 'scenario');
  if (talking !== undefined && desk.talking?.username === talking && isSpeaking) {
    return { message: 'The scenario speaks while an agent does.', proof: [{ bot: [] }] };
  }
  return isMoving(chat) ? undefined : { message: 'The conversation waits for nobody.', proof: mustEnd };
}

/** Something is under way that will move the conversation on: a person, a message or a clock. */
function isMoving({ result, isEnded, desk, messenger, nextWakeMs }: SimulatedChat): boolean {
  return !result || isEnded || desk.talking !== undefined || messenger.held !== undefined || nextWakeMs < Infinity;
}

/** From here nobody does anything but an agent who says a last word: then the entry's inactivity limit ends the chat. */
function endsInSilence(chat: SimulatedChat): boolean {
  const { messenger, desk } = chat;
  [messenger.status, messenger.nextStatuses] = ['work', []];
  chat.setThread('ours');
  chat.act(() => messenger.setWindow('open'));
  chat.act(() => messenger.setPage('open'));
  for (let count = 0; count < MAX_SILENT_TIMERS && !chat.isEnded; count += 1) {
    if (messenger.held) chat.resolveHeld('sent');
    else if (desk.talking && chat.nextWakeMs === Infinity) chat.say(desk.talking, 'Are you there?');
    else if (chat.nextWakeMs === Infinity) return false;
    else chat.wait(Math.max(1, chat.nextWakeMs));
  }
  return chat.isEnded;
}

/** Leaves out step after step as long as the same goes wrong. */
function shrink(subject: Subject, found: Violation): Omit<FuzzFailure, 'run'> {
  let smallest = found;
  for (let index = smallest.steps.length - 1; index >= 0; index -= 1) {
    const fewer = smallest.steps.toSpliced(index, 1);
    const violation = findViolation(subject, fewer);
    if (violation?.message !== found.message || violation.steps.length >= smallest.steps.length) continue;
    smallest = violation;
    // Something before it may have become superfluous with it.
    index = smallest.steps.length;
  }
  const test = { name: found.message, steps: [...smallest.steps, ...smallest.proof] };
  const variables = sampleInputs(subject.document);
  const given = Object.keys(variables).length === 0 ? {} : { variables };
  return {
    message: found.message,
    file: { agents: subject.material.agents, answers: quietWorld, ...given, tests: [test] },
  };
}
