import { assign } from 'xstate';
import { getDurationMs } from '../duration.ts';
import type { FindAgentEffect } from '../effect.ts';
import { emitEffect, getEffectId, isAnswer, runSetup, toState, type BlockState } from '../run-setup.ts';
import { fillTemplate, getTemplate } from '../template.ts';
import { withVariable } from '../variables.ts';
import { withAgent } from './agent-variables.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import type { FindAgentFields } from './find-agent-schema.ts';

const defaultTimeout = '10m';

/**
 * Queues the conversation until an agent is reserved for it, and sets `$(destination)` and `$(agent.…)`.
 * Source: Bright Pattern guide, Find Agent.
 */
export const findAgent: BlockBehaviour<FindAgentFields> = {
  exits: () => [
    { name: 'no-agents', kind: 'outcome', when: 'Nobody with the skills is logged in, or the last of them logs out.' },
    { name: 'timeout', kind: 'outcome', when: 'Nobody became free in time.' },
    { name: 'queue-limit', kind: 'outcome', when: 'The queue is full.' },
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
  state: findAgentState,
};

function findAgentState(fields: FindAgentFields, wiring: BlockWiring): BlockState {
  const timeoutMs = getTimeoutMs(fields);
  return {
    // The agent found last time is not reserved any more; nobody may be offered the chat until this search succeeds.
    entry: [
      runSetup.assign({ variables: ({ context }) => withVariable(context.variables, ['destination'], '') }),
      emitSearch(fields, timeoutMs),
    ],
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
      'agent.queue-limit': { ...toState(wiring.exit('queue-limit')), guard: isAnswer },
    },
    after: {
      [timeoutMs]: {
        ...toState(wiring.exit('timeout')),
        actions: emitEffect((context) => ({ kind: 'cancel-find-agent', id: getEffectId(context) })),
      },
    },
  };
}

function emitSearch(fields: FindAgentFields, timeoutMs: number): ReturnType<typeof emitEffect> {
  const skills = (fields.skills ?? []).map(getTemplate);
  const service = fields.service === undefined ? undefined : getTemplate(fields.service);
  const intervals = getIntervals(fields, timeoutMs);
  return emitEffect((context) => {
    const serviceName = service ? fillTemplate(service, context.variables).trim() : '';
    return {
      kind: 'find-agent',
      id: getEffectId(context),
      skills: skills.map((skill) => fillTemplate(skill, context.variables).trim()).filter((skill) => skill !== ''),
      ...(serviceName === '' ? {} : { service: serviceName }),
      ...(fields.priority === undefined ? {} : { priority: fields.priority }),
      intervals,
    };
  });
}

function getTimeoutMs({ timeout, intervals }: FindAgentFields): number {
  if (timeout !== undefined || !intervals) return getDurationMs(timeout ?? defaultTimeout);
  return intervals.reduce((sum, interval) => sum + getDurationMs(interval.for), 0);
}

/** A later interval only widens the circle: its level is the lowest asked for so far. */
function getIntervals({ intervals }: FindAgentFields, timeoutMs: number): FindAgentEffect['intervals'] {
  if (!intervals) return [{ forMs: timeoutMs, minLevel: 0 }];
  let lowest = 100;
  return intervals.map((interval) => {
    lowest = Math.min(lowest, interval.minLevel ?? 0);
    return { forMs: getDurationMs(interval.for), minLevel: lowest };
  });
}
