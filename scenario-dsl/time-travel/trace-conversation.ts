// A conversation gone through once more, moment by moment: pure, so that it can be stepped forward and back.
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import { findDeviation, replay, whyNotReplayable, withId } from '../back-test/back-test.ts';
import type { ReplayRun } from '../back-test/replay-run.ts';
import { showPart } from '../back-test/said-parts.ts';
import { createTimeline, type Timeline } from '../back-test/timeline.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { listStartedScenarios } from '../document/expand-scenarios.ts';
import { getEffectId, messageText } from '../machine/run-setup.ts';
import type { ScenarioEvent } from '../machine/scenario-event.ts';

/** More than a conversation has that somebody looks through. */
const MAX_MOMENTS = 1000;

/** What the scenario was told, and where that led it. Times in epoch milliseconds. */
export interface Moment {
  at: number;
  /** `began`: the customer's first message; `timer`: time alone; else the type of the event that it was told. */
  cause: 'began' | 'timer' | ScenarioEvent['type'];
  /** What the customer wrote, who took the chat, what the world answered. */
  detail?: string;
  /** Where it stands then. */
  block: string;
  /** The blocks that it left on the way there, in order. */
  left: string[];
  said: string[];
  /** Pending timers: when they fire. */
  timers: number[];
  /** What it waits for beside the customer and the clock: an agent, an offer, an answer of the world by its name. */
  asked?: string;
  /** Variables that are others than a moment before, as JSON by name; `null`: not set any more. */
  changes: Record<string, string | null>;
  isEnded: boolean;
}

export interface Trace {
  moments: Moment[];
  /** Why it is not shown to its end, in a sentence. */
  stop?: string;
}

/** One thing that a run is told; a timer is no event of the timeline. */
export type Told = { at: number; event: ScenarioEvent } | { at: number; event: 'timer' };

/**
 * Goes through a stored conversation on the version that it ran. `until`: epoch milliseconds, for one that is still running. Never throws
 * because of what is stored.
 */
export function traceConversation(stored: StoredConversation, document: ScenarioDocument, until: number): Trace {
  const moments: Moment[] = [];
  const describe = createDescriber();
  const { run, stop } = goThrough(stored, document, {
    until,
    see: (current, told) => void moments.push(describe(current, told)),
  });
  if (!run) return { moments: [], stop };
  const isWhole = stop === undefined && stored.endedAt !== undefined;
  const deviation = findDeviation(stored, run, isWhole);
  const reason = stop ?? deviation;
  return { moments, ...(reason !== undefined && { stop: reason }) };
}

interface Look {
  until: number;
  /** After each thing that the run was told; `undefined`: it has just begun. */
  see: (run: ReplayRun, told: Told | undefined) => void;
}

/** Tells a run everything that the conversation's own was told, and looks at it after each. */
export function goThrough(
  stored: StoredConversation,
  document: ScenarioDocument,
  { until, see }: Look,
): { run: ReplayRun; timeline: Timeline; stop?: string } | { run?: undefined; stop: string } {
  const timeline = createTimeline(stored);
  if (!timeline) return { stop: 'Nobody wrote in it.' };
  const reason = whyNotTraceable(stored) ?? whyNotReplayable(stored, listStartedScenarios(document).length > 0);
  if (reason !== undefined) return { stop: reason };
  const run = replay(stored, timeline, document);
  see(run, undefined);
  let count = 1;
  const letTimePass = (to: number): void => {
    for (; run.nextTimerAt < to && count < MAX_MOMENTS; count += 1) {
      const at = run.nextTimerAt;
      run.fireTimer();
      see(run, { at, event: 'timer' });
    }
    run.now = Math.max(run.now, to);
  };
  for (const { at, event } of timeline.events) {
    if (event.type === 'too-large')
      return {
        run,
        timeline,
        stop: event.of === 'operated' ? OPERATED : 'What the world answered was too large to be kept.',
      };
    if (count >= MAX_MOMENTS) break;
    // What comes at the very moment of a timer is taken first, as in the workflow.
    letTimePass(at);
    run.tell(withId(event, run.question?.id));
    see(run, { at, event });
    count += 1;
  }
  letTimePass((timeline.endedAt ?? until) + 1);
  const isCut = count >= MAX_MOMENTS;
  return { run, timeline, ...(isCut && { stop: `Only its first ${MAX_MOMENTS} moments are shown.` }) };
}

const OPERATED = 'From here on it went as a person made it go by hand: its history says who, and what they did.';

function whyNotTraceable({ recordedInputs }: StoredConversation): string | undefined {
  const isMoved = recordedInputs.some(({ event }) => event.type === 'moved');
  return isMoved
    ? 'It was moved to another version or scenario while it ran: only one version can be gone through.'
    : undefined;
}

/** What the run waits for an answer to; one that its block was left before has none any more. */
export function openQuestion(run: ReplayRun): ReplayRun['question'] {
  if (run.isEnded || run.question?.id !== getEffectId(run.state.snapshot.context)) return undefined;
  return run.question;
}

/** Tells each moment by what is new in it: what it left, said, and set since the one before. */
function createDescriber(): (run: ReplayRun, told: Told | undefined) => Moment {
  let [path, said, variables] = [0, 0, {} as Record<string, string>];
  return (run, told) => {
    const asked = openQuestion(run);
    const current = variablesOf(run);
    const moment: Moment = {
      at: told?.at ?? run.now,
      ...(told === undefined ? { cause: 'began' as const } : describeCause(told)),
      block: run.block,
      left: run.path.slice(path),
      said: run.said.slice(said).map(showPart),
      timers: run.isEnded ? [] : run.state.deadlines.map(({ at }) => at).toSorted((one, other) => one - other),
      ...(asked && { asked: asked.kind === 'operation' ? asked.operation.name : asked.kind }),
      changes: changesOf(variables, current),
      isEnded: run.isEnded,
    };
    [path, said, variables] = [run.path.length, run.said.length, current];
    return moment;
  };
}

function changesOf(before: Record<string, string>, current: Record<string, string>): Moment['changes'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(current)])];
  return Object.fromEntries(
    names.flatMap((name) => (before[name] === current[name] ? [] : [[name, current[name] ?? null]])),
  );
}

function describeCause({ event }: Told): Pick<Moment, 'cause' | 'detail'> {
  if (event === 'timer') return { cause: 'timer' };
  const detail = detailOf(event);
  return { cause: event.type, ...(detail !== undefined && { detail }) };
}

type Details = { [Type in ScenarioEvent['type']]?: (event: Extract<ScenarioEvent, { type: Type }>) => string };

const details: Details = {
  'customer.message': ({ message }) =>
    messageText(message) || message.attachments.map(({ type }) => `[${type}]`).join(' '),
  'agent.reserved': ({ agent }) => agent.name,
  'offer.accepted': ({ agent }) => agent.name,
  'operation.completed': ({ outcome }) => outcome,
  'chat.ended': ({ cause }) => cause,
  'customer.left': ({ cause }) => cause,
  'queue.changed': ({ position, waiting }) => `${position}/${waiting}`,
};

function detailOf(event: ScenarioEvent): string | undefined {
  // The table is keyed by the type of what it is given.
  const detail = details[event.type] as ((of: ScenarioEvent) => string) | undefined;
  return detail?.(event);
}

/** The moment shows the time itself; names in parentheses are the machine's own. */
const CLOCK = new Set(['now', 'today']);

function variablesOf(run: ReplayRun): Record<string, string> {
  const { variables } = run.state.snapshot.context;
  const rows = Object.entries(variables).filter(
    ([name, value]) => !CLOCK.has(name) && !name.startsWith('(') && value !== undefined,
  );
  return Object.fromEntries(rows.map(([name, value]) => [name, JSON.stringify(value)]));
}
