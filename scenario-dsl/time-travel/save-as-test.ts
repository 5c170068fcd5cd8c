import { formatDuration, LONGEST_DURATION_MS } from '../../contracts/duration.ts';
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import { findDeviation } from '../back-test/back-test.ts';
import type { ReplayRun } from '../back-test/replay-run.ts';
import type { ScenarioDocument } from '../document/document.ts';
import type { CustomerMessage, ScenarioEvent } from '../machine/scenario-event.ts';
import { ScenarioPlayer, type PlayerSettings } from '../testing/scenario-player.ts';
import type { TestAnswers, TestFile, TestResponse, TestStep } from '../testing/test-file-schema.ts';
import { createMask, type Mask } from './mask-person.ts';
import { goThrough, openQuestion, type Told } from './trace-conversation.ts';

/** A conversation as a test. `file` is absent where none could be made, for the reason in `problem`. */
export type SavedTest = { file: TestFile; problem?: undefined } | { file?: undefined; problem: string };

/** One thing that happened, and what the run had asked of somebody just before. */
interface Scene {
  told: Told;
  question: Question | undefined;
}

interface Question {
  id: string;
  kind: string;
  block: string;
  since: number;
  skills: readonly string[];
}

/**
 * Writes what happened as a test that the scenario passes, with what tells who somebody is masked throughout. It is played once here: what the
 * test expects is what the scenario says to the masked words, and it is given only where that goes the way that the conversation went.
 */
export function saveAsTest(
  stored: StoredConversation,
  document: ScenarioDocument,
  { name, until }: { name: string; until: number },
): SavedTest {
  const scenes: Scene[] = [];
  const questions: Question[] = [];
  const see = (current: ReplayRun, told: Told | undefined): void => {
    if (told) scenes.push({ told, question: questions.at(-1) });
    const asked = openQuestion(current);
    const last = questions.at(-1);
    if (asked && (asked.id !== last?.id || asked.kind !== last.kind)) questions.push(toQuestion(asked, current));
  };
  const gone = goThrough(stored, document, { until, see });
  if (!gone.run || gone.stop !== undefined) return { problem: gone.stop ?? 'Nobody wrote in it.' };
  const { run, timeline } = gone;
  const deviation = findDeviation(stored, run, stored.endedAt !== undefined);
  if (deviation !== undefined) return { problem: deviation };
  const mask = createMask(stored, run.state.snapshot.context.variables);
  const happened = { stored, first: timeline.first, scenes, questions, run, mask };
  const player = new ScenarioPlayer(document, settingsOf(happened));
  const problem = play(player, happened) ?? findOtherWay(player, run);
  return problem === undefined ? { file: player.toTestFile(name) } : { problem };
}

function toQuestion(asked: NonNullable<ReturnType<typeof openQuestion>>, { block, now }: ReplayRun): Question {
  const skills = asked.kind === 'find-agent' ? [asked, ...asked.intervals].flatMap((part) => part.skills ?? []) : [];
  return { id: asked.id, kind: asked.kind, block, since: now, skills };
}

/** The masked words may meet other conditions than the customer's own. */
function findOtherWay({ chat }: ScenarioPlayer, run: ReplayRun): string | undefined {
  const played = [...chat.path.map(({ block }) => block), ...(chat.isEnded ? [] : [chat.result?.block])];
  const real = run.blocks;
  const length = Math.max(played.length, real.length);
  const at = Array.from({ length }, (_each, index) => index).find((index) => played[index] !== real[index]);
  if (at === undefined) return undefined;
  const before = real[Math.max(0, at - 1)] ?? run.block;
  return `Played as a test it goes another way behind block "${before}": conditions there look at what is masked, or at what was not kept.`;
}

interface Happened {
  stored: StoredConversation;
  first: CustomerMessage;
  scenes: readonly Scene[];
  questions: readonly Question[];
  run: ReplayRun;
  mask: Mask;
}

/** Somebody who has the skills and no time: a search waits for them, as it did. */
const BUSY = 'busy-colleague';

function settingsOf({ stored, scenes, questions, mask }: Happened): PlayerSettings {
  const { variables = {}, onErrorText } = stored.openedWith ?? {};
  const skills = Object.fromEntries(questions.flatMap((question) => question.skills).map((skill) => [skill, 100]));
  const state = isNobodyThere(scenes) ? ('logged-out' as const) : ('not-ready' as const);
  const met = scenes.flatMap(({ told: { event } }) =>
    event !== 'timer' && 'agent' in event ? [mask(event.agent)] : [],
  );
  const agents = [...met, { username: BUSY, name: BUSY }];
  return {
    now: `${stored.startedAt.slice(0, 16)}Z`,
    variables: mask(variables),
    ...(onErrorText !== undefined && { onError: onErrorText }),
    // Who was silent then is so at the same moment: nothing of it comes by itself.
    inactivity: { timeout: '30d', warning: '', closing: '' },
    agents: Object.fromEntries(agents.map(({ username, name }) => [username, { name, skills, state }])),
    answers: answersOf(scenes, questions, mask),
  };
}

/** What the world answered, by the block that asked; what it never answered is a timeout. */
function answersOf(scenes: readonly Scene[], questions: readonly Question[], mask: Mask): TestAnswers {
  const answers: Record<string, TestResponse[]> = {};
  for (const { id, kind, block, since } of questions) {
    if (kind !== 'operation') continue;
    const scene = scenes.find(({ question, told }) => question?.id === id && typeOf(told) === 'operation.completed');
    const answer = scene && toAnswer(scene.told, since, mask);
    answers[block] = [...(answers[block] ?? []), answer ?? { outcome: 'timeout' }];
  }
  return answers;
}

function toAnswer({ at, event }: Told, since: number, mask: Mask): TestResponse | undefined {
  if (event === 'timer' || event.type !== 'operation.completed') return undefined;
  const { outcome, reason, values } = event;
  const ms = at - since;
  return {
    outcome,
    values: mask({ ...values }),
    ...(reason !== undefined && { reason: mask(reason) }),
    // Faster ones are there at once.
    ...(ms >= 1000 && { after: spanOf(ms) }),
  };
}

function spanOf(ms: number): string {
  return formatDuration(Math.min(ms, LONGEST_DURATION_MS)).replaceAll(' ', '');
}

/** No wait of a test is longer than the longest duration: several make a longer one. */
function pausesOf(ms: number): TestStep[] {
  const pauses: TestStep[] = [];
  for (let rest = ms; rest > 0; rest -= LONGEST_DURATION_MS) pauses.push({ after: spanOf(rest) });
  return pauses;
}

function typeOf({ event }: Told): string {
  return event === 'timer' ? event : event.type;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function timeOf(scene: Scene | undefined, start: number): number {
  return scene?.told.at ?? start;
}

/** Plays it; gives why a step could not be taken. */
function play(player: ScenarioPlayer, { stored, first, scenes, run, mask }: Happened): string | undefined {
  const start = Date.parse(stored.startedAt);
  const take = (taken: readonly TestStep[]): string | undefined => {
    for (const step of taken) {
      const mismatch = player.take(step);
      if (mismatch) return `It cannot be played as a test: ${mismatch.message}`;
    }
    return undefined;
  };
  const fates = run.failed.map((isFailed) => (isFailed ? ('fail' as const) : ('work' as const)));
  const isFull = scenes.some(({ told }) => typeOf(told) === 'agent.queue-limit');
  const isLong = timeOf(scenes.at(-1), start) - start > DAY_MS;
  let problem = take([
    // What was said after a day was allowed to be, or it would not be here.
    ...(isLong ? [{ window: 'open' as const }] : []),
    ...(fates.includes('fail') ? [{ sends: fates }] : []),
    ...(isFull ? [{ queue: 'full' as const }] : []),
    toCustomerStep(first, mask),
  ]);
  for (const [index, { told }] of scenes.entries()) {
    if (problem !== undefined) return problem;
    const ms = told.at - start - player.chat.elapsedMs;
    problem = take(pausesOf(ms)) ?? take(stepsOf(told, player, mask));
    problem ??= take(prepareDesk(told, scenes.slice(index + 1), player));
  }
  return problem;
}

/** The next search ends so, unless it is left before. */
function isNobodyThere(scenes: readonly Scene[]): boolean {
  const types = ['agent.reserved', 'agent.none', 'offer.accepted', 'queue.changed'];
  const next = scenes.map(({ told }) => typeOf(told)).find((type) => types.includes(type));
  return next === 'agent.none';
}

/** After a search has failed, whoever the next one finds, or nobody. */
function prepareDesk(told: Told, next: readonly Scene[], { chat }: ScenarioPlayer): TestStep[] {
  if (chat.isEnded || (typeOf(told) !== 'agent.none' && typeOf(told) !== 'agent.queue-limit')) return [];
  const state = isNobodyThere(next) ? ('log-out' as const) : ('not-ready' as const);
  return [{ queue: 'open' }, ...chat.desk.agents.usernames.map((agent) => ({ agent, does: state }))];
}

interface Stage {
  desk: ScenarioPlayer['chat']['desk'];
  mask: Mask;
}

/** The steps that bring an event about; what is not here comes about by itself. */
type Steps = {
  [Type in ScenarioEvent['type']]?: (event: Extract<ScenarioEvent, { type: Type }>, stage: Stage) => TestStep[];
};

const steps: Steps = {
  'customer.message': ({ message }, { mask }) => [toCustomerStep(message, mask)],
  'customer.referred': ({ referral }, { mask }) => [{ customer: { referral: mask({ ...referral }) } }],
  'agent.reserved': ({ agent }, { mask }) => [{ agent: mask(agent.username), does: 'ready' }],
  'offer.accepted': (event, { desk, mask }) => {
    const agent = mask(event.agent.username);
    // One who was asked for by name was found and offered the chat in one.
    const isOffered = desk.offered?.username === agent;
    return [...(isOffered ? [] : [{ agent, does: 'ready' as const }]), { agent, does: 'accept' }];
  },
  'offer.rejected': (_event, { desk }) => (desk.offered ? [{ agent: desk.offered.username, does: 'reject' }] : []),
  'chat.ended': ({ cause }, { desk }) => (desk.talking ? [{ agent: desk.talking.username, does: 'leave', cause }] : []),
  'customer.left': ({ cause }) => [{ leaves: cause }],
  'queue.changed': ({ position, waiting }) => [{ queue: { position, waiting: Math.max(waiting, position) } }],
};

function stepsOf({ event }: Told, { chat: { desk } }: ScenarioPlayer, mask: Mask): TestStep[] {
  if (event === 'timer') return [];
  // The table is keyed by the type of what it is given.
  const make = steps[event.type] as ((of: ScenarioEvent, stage: Stage) => TestStep[]) | undefined;
  return make?.(event, { desk, mask }) ?? [];
}

function toCustomerStep({ text, payload, attachments, referral }: CustomerMessage, mask: Mask): TestStep {
  const isPlain = payload === undefined && attachments.length === 0 && !referral;
  if (text !== undefined && isPlain) return { customer: mask(text) };
  return {
    customer: {
      ...(text !== undefined && { text: mask(text) }),
      ...(payload !== undefined && { payload: mask(payload) }),
      // Where a file lies is nobody's business: the test's own have an address of their own.
      ...(attachments.length > 0 && { attachments: attachments.map(({ type }) => ({ type })) }),
      ...(referral && { referral: mask({ ...referral }) }),
    },
  };
}
