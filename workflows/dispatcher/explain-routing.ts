import type { AgentVerdict, RoutingExplanation, WaitReason } from '../../contracts/actor-messages.ts';
import { countLoad, loadOf } from './capacity.ts';
import type { DispatcherState, Waiting } from './dispatcher-state.ts';
import { isFit, isLoggedIn, judgeAgents, type Moment } from './judge-agents.ts';
import { agedPriority, findWaiting, positionOf } from './queue.ts';
import { expectedWaitMs } from './statistics.ts';

/** Tells why a conversation waits, or whom it has: what `match` would decide now, by the same judgement. */
export function explainRouting(state: DispatcherState, conversationId: string, now: number): RoutingExplanation {
  const waiting = findWaiting(state, conversationId);
  const moment = { loads: countLoad(state), now };
  return {
    group: state.group,
    ...(waiting && { waiting: describeQuestion(state, waiting, now) }),
    agents: waiting ? describeCandidates(state, waiting, moment) : [],
    held: (state.assignments[conversationId] ?? []).map(({ agent, requestId, expiresAt }) => ({
      agent,
      requestId,
      isConnected: expiresAt === undefined,
    })),
  };
}

/** Agents that a reason names of each verdict. */
const NAMED_AGENTS = 3;

/** Why several conversations wait, each in short. */
export function explainWaits(state: DispatcherState, conversationIds: readonly string[], now: number): WaitReason[] {
  const moment = { loads: countLoad(state), now };
  return conversationIds.flatMap((conversationId) => {
    const waiting = findWaiting(state, conversationId);
    if (!waiting) return [];
    const byVerdict = new Map<AgentVerdict, string[]>();
    for (const { verdict, name } of describeCandidates(state, waiting, moment))
      byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), name]);
    const agents = [...byVerdict].map(([verdict, names]) => ({
      verdict,
      count: names.length,
      names: names.slice(0, NAMED_AGENTS),
    }));
    return [{ conversationId, waiting: describeQuestion(state, waiting, now), agents }];
  });
}

function describeQuestion(
  state: DispatcherState,
  waiting: Waiting,
  now: number,
): NonNullable<RoutingExplanation['waiting']> {
  const { priority, queuedAt, service, skills, anySkillOf, onlyAgent, preferredAgent, widensAt } = waiting;
  const position = positionOf(state, waiting);
  return {
    position,
    waiting: state.waiting.length,
    priority,
    agedPriority: agedPriority(state, waiting, now),
    queuedAt,
    ewtMs: expectedWaitMs(state, position, now),
    skills,
    anySkillOf,
    ...(service !== undefined && { service }),
    ...(onlyAgent !== undefined && { onlyAgent }),
    ...(preferredAgent !== undefined && { preferredAgent }),
    ...(widensAt !== undefined && { widensAt }),
  };
}

function describeCandidates(state: DispatcherState, waiting: Waiting, moment: Moment): RoutingExplanation['agents'] {
  return judgeAgents(state, waiting, moment)
    .filter((each) => isFit(each) || isLoggedIn(state, each.agent.username))
    .map(({ agent: { username, name, slots }, verdict }) => {
      const { chats, afterWork } = loadOf(moment.loads, username);
      const reason = state.agentStatuses[username]?.reason;
      return { username, name, verdict, chats: chats + afterWork, slots, ...(reason !== undefined && { reason }) };
    });
}
