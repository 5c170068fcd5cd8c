import { assign } from 'xstate';
import { getDurationMs } from '../../contracts/duration.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { withVariable } from '../expression/variables.ts';
import type { FindAgentEffect } from '../machine/effect.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  runSetup,
  runState,
  toState,
  type BlockState,
  type RunContext,
} from '../machine/run-setup.ts';
import { findLastAgent, withAgent } from './agent-variables.ts';
import { announce, keepPosition, isNewsworthy } from './announce-position.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import { sentTexts } from './message-parts.ts';
import { compileTexts } from './compile-texts.ts';
import type { FindAgentFields } from './find-agent-schema.ts';

const DEFAULT_TIMEOUT = '10m';
const DEFAULT_LAST_AGENT_WAIT = '30s';

/**
 * Queues the conversation until an agent is reserved for it, and sets `$(destination)` and `$(agent.…)`.
 * Source: Bright Pattern guide, Find Agent; exit Queue Limit: "a second attempt to enter the same queue ends the scenario".
 */
export const findAgent: BlockBehaviour<FindAgentFields> = {
  exits: () => [
    {
      name: 'no-agents',
      kind: 'outcome',
      when: 'Nobody with the skills, also as later intervals ask for them, is logged in, or the last of them logs out.',
    },
    { name: 'timeout', kind: 'outcome', when: 'Nobody became free in time.' },
    {
      name: 'queue-limit',
      kind: 'outcome',
      when: 'The queue is full. A search that asks for the same again then ends the scenario.',
    },
  ],
  ways: (fields) => {
    const maxMs = getTimeoutMs(fields);
    return [
      { way: 'next', by: 'reservation', maxMs, sets: ['destination', 'agent.username', 'agent.name'] },
      { way: 'no-agents', by: 'no-agents', maxMs },
      { way: 'timeout', by: 'clock', minMs: maxMs, maxMs },
      { way: 'queue-limit', by: 'no-agents' },
    ];
  },
  texts: ({ announce: text }) =>
    text === undefined ? [] : sentTexts(['announce'], text, { what: 'text', limit: MESSENGER_LIMITS.text }),
  state: findAgentState,
};

function findAgentState(fields: FindAgentFields, wiring: BlockWiring): BlockState {
  const timeoutMs = getTimeoutMs(fields);
  const search = compileSearch(fields, timeoutMs);
  const isRefused = ({ context }: { context: RunContext }): boolean =>
    (context.refusedQueues ?? []).includes(nameQueue(search(context)));
  return {
    // The agent found last time is not reserved any more; nobody may be offered the chat until this search succeeds.
    entry: [
      runSetup.assign({ variables: ({ context }) => withVariable(context.variables, ['destination'], '') }),
      emitEffect((context, event) => (isRefused({ context }) ? undefined : search(context, event.now))),
    ],
    always: [{ ...toState(runState.done), guard: isRefused }],
    on: {
      'agent.reserved': {
        ...toState(wiring.next),
        guard: isAnswer,
        actions: assign({
          variables: ({ context, event }) =>
            withVariable(withAgent(context.variables, event.agent), ['destination'], event.agent.username),
        }),
      },
      'agent.none': { ...toState(wiring.exit('no-agents')), guard: isAnswer },
      'agent.queue-limit': {
        ...toState(wiring.exit('queue-limit')),
        guard: isAnswer,
        actions: runSetup.assign({
          refusedQueues: ({ context }) => [...(context.refusedQueues ?? []), nameQueue(search(context))],
        }),
      },
      'queue.changed': positionTransitions(fields),
    },
    after: {
      [timeoutMs]: {
        ...toState(wiring.exit('timeout')),
        actions: emitEffect((context) => ({ kind: 'cancel-find-agent', id: getEffectId(context) })),
      },
    },
  };
}

/** The position becomes variables and, where the author wants it and it says something new to the customer, a message. */
function positionTransitions({ announce: text }: FindAgentFields): NonNullable<BlockState['on']>['queue.changed'] {
  const listening = { guard: isAnswer, actions: keepPosition };
  if (text === undefined) return [listening];
  return [
    {
      guard: (args) => isAnswer(args) && isNewsworthy(args),
      actions: [keepPosition, ...announce(text)],
    },
    listening,
  ];
}

function getTimeoutMs({ timeout, intervals }: FindAgentFields): number {
  if (timeout !== undefined) return getDurationMs(timeout);
  if (!intervals) return getDurationMs(DEFAULT_TIMEOUT);
  return intervals.reduce((sum, interval) => sum + getDurationMs(interval.for), 0);
}

/** What is asked: the block's own, and what Set Priority and Request Skill or Service have asked for before. */
function compileSearch(
  fields: FindAgentFields,
  timeoutMs: number,
): (context: RunContext, now?: number) => FindAgentEffect {
  const { skills = [], service, priority, lastAgentWithin, lastAgentWait } = fields;
  const withinMs = lastAgentWithin === undefined ? -1 : getDurationMs(lastAgentWithin);
  const waitMs = getDurationMs(lastAgentWait ?? DEFAULT_LAST_AGENT_WAIT);
  const fill = compileTexts({ skills, service, intervals: getIntervals(fields, timeoutMs) });
  return (context, now = 0) => {
    const { routing = {}, variables } = context;
    const own = fill(variables);
    const skillNames = own.skills.map((skill) => skill.trim()).filter((skill) => skill !== '');
    const serviceName = own.service?.trim() || routing.service;
    const level = priority ?? routing.priority;
    const username = withinMs < 0 ? undefined : findLastAgent(context.variables, { withinMs, now });
    return {
      kind: 'find-agent',
      id: getEffectId(context),
      skills: [...new Set([...(routing.skills ?? []), ...skillNames])],
      ...(serviceName !== undefined && { service: serviceName }),
      ...(level !== undefined && { priority: level }),
      intervals: own.intervals,
      ...(username !== undefined && { lastAgent: { username, waitMs } }),
    };
  };
}

/** Searches that ask for the same wait in the same queue. */
function nameQueue({ skills, service = '' }: FindAgentEffect): string {
  return JSON.stringify([service, ...skills.toSorted()]);
}

/** A later interval only widens the circle: its level is the lowest asked for so far, its skills are some of those before. */
function getIntervals({ intervals }: FindAgentFields, timeoutMs: number): FindAgentEffect['intervals'] {
  if (!intervals) return [{ forMs: timeoutMs, minLevel: 0 }];
  let lowest = 100;
  let skills: string[] | undefined;
  return intervals.map((interval) => {
    lowest = Math.min(lowest, interval.minLevel ?? 0);
    skills = interval.skills?.filter((skill) => skills?.includes(skill) ?? true) ?? skills;
    return { forMs: getDurationMs(interval.for), minLevel: lowest, ...(skills ? { skills } : {}) };
  });
}
