import type { WrapUpView } from '../../../../contracts/wrap-up-schema.ts';
import type { ConversationView } from '../../shared/data/chats.ts';

/** One stretch of a conversation. `name`: of the agent. */
export interface TimelineStep {
  kind: 'scenario' | 'queue' | 'agent' | 'wrap-up';
  name?: string;
  from: number;
  /** Now, where it goes on. */
  to: number;
  isOpen: boolean;
}

/** Shorter stretches, as between two agents, are a hand-over and not the scenario's. */
const GAP_MS = 2000;

type Times = Pick<ConversationView, 'startedAt' | 'queuedAt' | 'acceptedAt' | 'endedAt' | 'segments'>;

const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));

/** What a conversation went through, in order: scenario, queue, each agent, and what the agents wrote after it. */
export function timelineOf(conversation: Times, wrapUps: readonly WrapUpView[], now: number): TimelineStep[] {
  const [startedAt, endedAt] = [Date.parse(conversation.startedAt), at(conversation.endedAt)];
  const [queuedAt, acceptedAt] = [at(conversation.queuedAt), at(conversation.acceptedAt)];
  const end = endedAt ?? now;
  const steps: TimelineStep[] = [];
  const add = (step: Pick<TimelineStep, 'kind' | 'name'>, from: number, to: number | undefined): void => {
    steps.push({ ...step, from, to: to ?? now, isOpen: to === undefined });
  };
  const agents = (conversation.segments ?? []).map(({ agent, from, to }) => ({
    agent,
    from: Date.parse(from),
    to: at(to),
  }));
  const firstTaken = acceptedAt ?? agents[0]?.from;
  let done = startedAt;
  const scenarioUntil = (until: number): void => {
    if (until - done > GAP_MS) add({ kind: 'scenario' }, done, until);
    done = Math.max(done, until);
  };
  if (queuedAt !== undefined) {
    scenarioUntil(queuedAt);
    add({ kind: 'queue' }, queuedAt, firstTaken ?? endedAt);
    done = firstTaken ?? end;
  }
  for (const { agent, from, to } of agents) {
    scenarioUntil(from);
    add({ kind: 'agent', name: agent }, from, to);
    done = Math.max(done, to ?? now);
  }
  if (endedAt === undefined && done < now && steps.every(({ isOpen }) => !isOpen))
    add({ kind: 'scenario' }, done, undefined);
  if (endedAt !== undefined) scenarioUntil(endedAt);
  for (const { agent, afterWork } of wrapUps) {
    if (!afterWork) continue;
    add({ kind: 'wrap-up', name: agent }, Date.parse(afterWork.since), at(afterWork.endedAt));
  }
  return steps;
}
