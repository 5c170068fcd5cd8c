// A draft on what really happened: pure; CLI and api run the same.
import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { listStartedScenarios } from '../document/expand-scenarios.ts';
import type { ScenarioEvent } from '../machine/scenario-event.ts';
import { findDifferences, type Difference } from './find-differences.ts';
import { ReplayRun } from './replay-run.ts';
import { inOrder, isSamePart, listSaid } from './said-parts.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/**
 * What a draft would have made of one conversation. `same`: nothing else; `differs`: as `differences` say, up to `stop`
 * where what follows cannot be known; `unknown`: it cannot be told at all, for the reason in `stop`.
 */
export interface BackTestResult {
  id: string;
  verdict: 'same' | 'differs' | 'unknown';
  differences: Difference[];
  /** `at`: ISO 8601 in UTC. */
  stop?: { at: string; reason: string };
}

/** Runs a draft over a stored conversation, beside the version that it ran on then. Never throws because of what is stored. */
export function backTest(
  stored: StoredConversation,
  { original, draft }: { original: ScenarioDocument; draft: ScenarioDocument },
): BackTestResult {
  const timeline = createTimeline(stored);
  const startsOthers = [original, draft].some((document) => listStartedScenarios(document).length > 0);
  const reason = timeline ? whyNotReplayable(stored, startsOthers) : 'Nobody wrote in it.';
  if (!timeline || reason !== undefined) return unknown(stored, reason ?? '');
  const then = replay(stored, timeline, original);
  const now = replay(stored, timeline, draft);
  const stop = goThrough(then, now, timeline);
  const deviation = findDeviation(stored, then, stop === undefined);
  if (deviation !== undefined) return unknown(stored, deviation);
  const differences = findDifferences(then, now, { isWhole: stop === undefined });
  return {
    id: stored.id,
    verdict: verdictOf(differences, stop),
    differences,
    ...(stop ? { stop: { at: toTime(Math.min(now.now, timeline.endedAt ?? Infinity)), reason: stop.reason } } : {}),
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}

function verdictOf(differences: readonly Difference[], stop: Stop | undefined): BackTestResult['verdict'] {
  if (differences.length > 0) return 'differs';
  if (!stop) return 'same';
  return stop.isOriginals ? 'unknown' : 'differs';
}

function unknown({ id, startedAt }: StoredConversation, reason: string): BackTestResult {
  return { id, verdict: 'unknown', differences: [], stop: { at: startedAt, reason } };
}

/** Why what was stored of a conversation is not enough to go through it again; undefined where it is. */
export function whyNotReplayable({ openedWith, isCut }: StoredConversation, startsOthers: boolean): string | undefined {
  if (startsOthers) return 'It starts other scenarios: back-tests do not know their versions yet.';
  if (openedWith === null) return 'It is older than what back-tests need: what the scenario was told was not kept.';
  return isCut ? 'It is longer than what is kept for back-tests.' : undefined;
}

/** The scenario at the conversation's beginning: its messages fare as those did then. */
export function replay(stored: StoredConversation, { first }: Timeline, document: ScenarioDocument): ReplayRun {
  const said = listSaid(stored);
  return new ReplayRun(document, { stored, first }, (part, index) => {
    const then = said[index];
    return then && isSamePart(then, part) ? then.status : undefined;
  });
}

/** Why the draft was not followed any further; `isOriginals`: because of what was kept, not because of the draft. */
interface Stop {
  reason: string;
  isOriginals: boolean;
}

function goThrough(then: ReplayRun, now: ReplayRun, { events, endedAt }: Timeline): Stop | undefined {
  for (const { at, event } of events) {
    if (event.type === 'too-large')
      return { reason: 'What the world answered was too large to be kept.', isOriginals: true };
    const stop = passTime(then, now, at) ?? hear(then, now, event);
    if (stop) return stop;
  }
  return passTime(then, now, (endedAt ?? now.now) + 1) ?? finish(then, now);
}

/** Time until the next thing that was told: known as long as the draft waits for nothing else than it was waited for then. */
function passTime(then: ReplayRun, now: ReplayRun, until: number): Stop | undefined {
  for (let timer = now.nextTimerAt; timer < until; timer = now.nextTimerAt) {
    then.passTime(timer - 1);
    const stop = findGap(then, now);
    if (stop) return stop;
    now.fireTimer();
  }
  // What comes at the very moment of a timer is taken first, as in the workflow.
  then.passTime(until - 1);
  [then.now, now.now] = [until, until];
  return undefined;
}

/** The draft needs to know what nobody can: how a customer takes other words, or whom another search would have found. */
function findGap(then: ReplayRun, now: ReplayRun): Stop | undefined {
  if (now.listens && saysOther(then, now))
    return stopAt('the customer has been told something else: nobody knows their answer');
  if (!now.question || isSameQuestion(then, now)) return undefined;
  return stopAt(questionGaps[now.question.kind]);
}

const questionGaps = {
  'find-agent': 'the draft looks for an agent otherwise: nobody knows who would have been found',
  'connect-chat': 'the draft offers the chat otherwise: nobody knows who would have taken it',
  operation: 'the draft asks the world something else: nobody knows what it would have answered',
} as const;

function stopAt(reason: string): Stop {
  return { reason, isOriginals: false };
}

/** As far as the draft has come it has said what was said then, word for word. */
function saysOther(then: ReplayRun, now: ReplayRun): boolean {
  return (
    now.said.length !== then.said.length || now.said.some((part, index) => !isSamePart(part, then.said[index] ?? part))
  );
}

function isSameQuestion({ question: asked }: ReplayRun, { question }: ReplayRun): boolean {
  if (!asked || !question || asked.kind !== question.kind) return false;
  return inOrder(comparable(asked)) === inOrder(comparable(question));
}

/** How long it waits is the draft's own affair: its timers show what follows from that. */
function comparable(question: NonNullable<ReplayRun['question']>): unknown {
  const { id: _id, ...rest } = question;
  if (rest.kind === 'connect-chat') return rest.destination;
  return rest.kind === 'operation' ? rest.operation : rest;
}

/** Tells both what was told then; the draft only where it waits for just that. */
function hear(then: ReplayRun, now: ReplayRun, event: ScenarioEvent): Stop | undefined {
  const gap = findGap(then, now);
  if (event.type === 'customer.message') {
    // In a chat, or in a queue, what the customer writes changes nothing; where the draft listens it has to be the same prompt.
    if (gap && now.listens) return gap;
    then.tell(event);
    now.tell(event);
    return undefined;
  }
  if (event.type === 'customer.left') return hearLeaving(then, now, event);
  const stop = now.isEnded ? undefined : gap;
  if (stop) return stop;
  const { question } = now;
  then.tell(withId(event, then.question?.id));
  if (question) now.tell(withId(event, question.id));
  return undefined;
}

/** A customer leaves a chat that they are in: elsewhere nobody knows when they would have. */
function hearLeaving(then: ReplayRun, now: ReplayRun, event: ScenarioEvent): Stop | undefined {
  const isAlike = now.isEnded || now.question?.kind === then.question?.kind;
  then.tell(event);
  if (!isAlike) return stopAt('the customer left then, but the draft is somewhere else');
  now.tell(event);
  return undefined;
}

/** An answer as this run has asked for it: it may have given the question another name than the run of then. */
export function withId(event: ScenarioEvent, effectId: string | undefined): ScenarioEvent {
  return 'effectId' in event && effectId !== undefined ? { ...event, effectId } : event;
}

/** Behind the last thing that is known: a draft that needs nobody any more goes on to its end. */
function finish(then: ReplayRun, now: ReplayRun): Stop | undefined {
  for (let count = 0; count < MAX_LAST_TIMERS && !now.isEnded && then.isEnded; count += 1) {
    const gap = findGap(then, now);
    if (gap) return gap;
    if (now.listens || now.question) return stopAt('the stored conversation ended here, and the draft goes on');
    if (now.nextTimerAt === Infinity) return undefined;
    now.fireTimer();
  }
  return undefined;
}

const MAX_LAST_TIMERS = 1000;

/** Why a run cannot be what happened: the version of then must say what was said then, or nothing that follows means anything. */
export function findDeviation(stored: StoredConversation, then: ReplayRun, isWhole: boolean): string | undefined {
  const said = listSaid(stored);
  const at = then.said.findIndex((part, index) => {
    const real = said[index];
    return real !== undefined && !isSamePart(real, part);
  });
  if (at >= 0) return `Its own version does not say the same again (message ${at + 1}): ${NOT_KEPT}`;
  const isAnotherEnd = stored.endReason === 'exit' && (!then.isEnded || then.said.length < said.length);
  return isWhole && isAnotherEnd ? `Its own version does not come to the same end again: ${NOT_KEPT}` : undefined;
}

const NOT_KEPT = 'something that it was told was not kept.';
