import { formatDuration } from '../../contracts/duration.ts';
import type { Json } from '../../contracts/json.ts';
import type { Annotation, Operation, OperationResult } from '../../contracts/operation.ts';
import type { OperationEffect } from '../machine/effect.ts';
import type { ScenarioEvent } from '../machine/scenario-event.ts';
import type { PlanOptions } from './agenda.ts';
import { isSubset } from './is-subset.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import type { SimulatedAgents } from './simulated-agents.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { TestResponse, TestAnswers } from './test-file-schema.ts';

/** What operations need of the world around them. */
export interface OperationWorld {
  agents: SimulatedAgents;
  plan: (afterMs: number, run: () => void, options: PlanOptions) => void;
  note: (who: string, text: string) => void;
  tell: (event: ScenarioEvent) => void;
}

/** Stands for every operation that has no answer of its own. */
const ANY_OPERATION = '*';

/** The world that blocks ask: it answers as the test says, and of the test's agents what is known of them. */
export class SimulatedOperations {
  /** What was asked, the oldest first. */
  readonly asked: Operation[] = [];
  /** What was told, the oldest first. */
  readonly annotations: Annotation[] = [];
  private answers: TestAnswers;
  private readonly world: OperationWorld;

  constructor(answers: TestAnswers, world: OperationWorld) {
    [this.answers, this.world] = [{ ...answers }, world];
  }

  /** From now on; what is not named stays as it is. */
  setAnswers(answers: TestAnswers): void {
    this.answers = { ...this.answers, ...answers };
  }

  /** @throws StepMismatch where the test has no answer, and none can be known */
  ask({ id, operation, timeoutMs }: OperationEffect): void {
    this.asked.push(operation);
    const { afterMs, ...result } = this.findAnswer(id, operation);
    const isLate = afterMs >= timeoutMs || result.outcome === 'timeout';
    const waitMs = isLate ? timeoutMs : afterMs;
    const tell = (told: OperationResult): void => {
      const { outcome, reason, values } = told;
      this.world.note('', `${operation.name}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`);
      // The block keeps its own time, at this very moment; what comes to it then is a word for the reader.
      if (!isLate)
        this.world.tell({ type: 'operation.completed', effectId: id, outcome, values, ...(reason && { reason }) });
    };
    if (waitMs === 0) return tell(result);
    this.world.note('', `${operation.name} takes ${formatDuration(waitMs)}`);
    const options = { isQuiet: false, isNote: isLate };
    this.world.plan(waitMs, () => tell(isLate ? { ...timedOut, values: result.values } : result), options);
  }

  take(note: Annotation): void {
    this.annotations.push(note);
    this.world.note('', describeAnnotation(note));
  }

  private findAnswer(id: string, operation: Operation): Answer {
    const block = id.slice(0, id.lastIndexOf(':'));
    for (const key of [block, operation.name]) {
      const given = this.takeAnswer(key, operation);
      if (given !== undefined) return readAnswer(given);
    }
    const known = answerFromAgents(operation, this.world.agents);
    if (known) return { afterMs: 0, ...known };
    const fallback = this.takeAnswer(ANY_OPERATION, operation);
    if (fallback !== undefined) return readAnswer(fallback);
    throw new StepMismatch(
      `Block "${block}" asks for ${operation.name}, and there is no answer: add "answers: { ${block}: … }" to the test, or say /answers { ${block}: … } where you play.`,
      { actual: [JSON.stringify(operation)] },
    );
  }

  /** Of a list the one that is for what is asked; else one after the other, and the last one stays. */
  private takeAnswer(key: string, operation: Operation): TestResponse | undefined {
    const given = Object.hasOwn(this.answers, key) ? this.answers[key] : undefined;
    if (!Array.isArray(given)) return given !== undefined && isFor(given, operation) !== false ? given : undefined;
    const fitting = given.find((answer) => isFor(answer, operation) === true);
    if (fitting !== undefined) return fitting;
    const [first, ...rest] = given.filter((answer) => isFor(answer, operation) === undefined);
    if (rest.length > 0) this.answers[key] = given.filter((answer) => answer !== first);
    return first;
  }
}

/** Whether an answer is for this question; undefined where it is for any. */
function isFor(answer: TestResponse, operation: Operation): boolean | undefined {
  if (typeof answer !== 'object' || answer.asked === undefined) return undefined;
  return isSubset(answer.asked, operation, { hasWildcards: true });
}

type Answer = OperationResult & { afterMs: number };

const timedOut = { outcome: 'timeout', reason: 'No answer in time.' } as const;

/** Short forms: `open` and `closed` of business hours, a number that is drawn, an outcome alone. */
function readAnswer(given: TestResponse): Answer {
  if (given === 'open' || given === 'closed') return done({ isOpen: given === 'open' });
  if (typeof given === 'number') return done({ number: given });
  if (typeof given === 'string') return { ...done({}), outcome: given };
  const { outcome: word = 'done', reason, values = {}, after } = given;
  const { outcome, values: known } = readOutcome(word);
  const afterMs = after === undefined ? 0 : (parseTimeSpan(after) ?? 0);
  const told = { ...known, ...(values as Record<string, Json>) };
  return { outcome, values: told, afterMs, ...(reason !== undefined && { reason }) };
}

type OutcomeWord = NonNullable<Extract<TestResponse, { outcome?: unknown }>['outcome']>;

function readOutcome(word: OutcomeWord): Pick<Answer, 'outcome' | 'values'> {
  return word === 'open' || word === 'closed' ? done({ isOpen: word === 'open' }) : { outcome: word, values: {} };
}

function done(values: Record<string, Json>): Answer {
  return { outcome: 'done', values, afterMs: 0 };
}

type Know<Name extends Operation['name']> = (
  operation: Extract<Operation, { name: Name }>,
  agents: SimulatedAgents,
) => OperationResult;

/** What follows from the test's agents, and what is always the same where no test says otherwise. */
const knowledge: { readonly [Name in Operation['name']]?: Know<Name> } = {
  'check-business-hours': () => done({ isOpen: true }),
  'draw-number': () => done({ number: 0 }),
  'internal-message': () => done({}),
  email: () => done({}),
  'get-statistics': ({ skills }, agents) =>
    done({ position: 1, waiting: 0, ewtSeconds: 0, oldestWaitingSeconds: 0, ...agents.count(skills) }),
  'get-agent-state': ({ username }, agents) => agentState(agents, username),
  'set-agent-state': (operation, agents) => setAgentState(agents, operation),
  'get-user-configuration': ({ username }, agents) => userConfiguration(agents, username),
};

function answerFromAgents(operation: Operation, agents: SimulatedAgents): OperationResult | undefined {
  // Both are of one name, which the types of a look-up by a union cannot say.
  const know = knowledge[operation.name] as
    ((known: Operation, agents: SimulatedAgents) => OperationResult) | undefined;
  return know?.(operation, agents);
}

function agentState(agents: SimulatedAgents, username: string): OperationResult {
  const agent = agents.find(username);
  if (!agent) return { outcome: 'no-data', values: {} };
  return done({ state: agent.state, reason: '', chats: agent.state === 'busy' ? 1 : 0, slots: 1 });
}

function setAgentState(
  agents: SimulatedAgents,
  { username, state }: Extract<Operation, { name: 'set-agent-state' }>,
): OperationResult {
  const agent = agents.find(username);
  if (!agent || agent.state === 'logged-out') return { outcome: 'failed', reason: 'Not logged in.', values: {} };
  agents.setState(username, state);
  return done({});
}

function userConfiguration(agents: SimulatedAgents, username: string): OperationResult {
  const agent = agents.find(username);
  if (!agent) return { outcome: 'no-data', values: {} };
  const { name, skills } = agent;
  return done({ user: { username, name, role: 'agent', skills, slots: 1 } });
}

function describeAnnotation({ name, ...rest }: Annotation): string {
  return `${name} ${JSON.stringify(rest)}`;
}
