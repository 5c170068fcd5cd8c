import { assign } from 'xstate';
import { getDurationMs } from '../duration.ts';
import type { WithdrawOfferEffect } from '../effect.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
} from '../run-setup.ts';
import { fillTemplate, getTemplate, type Template } from '../template.ts';
import { withVariable } from '../variables.ts';
import { findAgentNamed, withAgent } from './agent-variables.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import type { ConnectChatFields } from './connect-chat-schema.ts';

const defaultNoAnswer = '10s';

/**
 * Offers the chat to `$(destination)` and holds it until the agent's side ends it; the cause is `$(targetDisconnectedCause)`.
 * Source: Bright Pattern guide, Connect Chat, exits No Answer and Target Disconnected.
 */
export const connectChat: BlockBehaviour<ConnectChatFields> = {
  exits: () => [
    {
      name: 'no-answer',
      kind: 'outcome',
      when: 'The agent rejected the offer or did not take it in time, or there is nobody to offer it to.',
    },
    { name: 'target-disconnected', kind: 'outcome', when: 'The agent’s side ended the chat, or was lost.' },
  ],
  ways: (fields) => [
    { way: 'no-answer', by: 'refusal', maxMs: getDurationMs(fields.noAnswer ?? defaultNoAnswer) },
    {
      way: 'target-disconnected',
      by: 'chat-end',
      sets: ['targetDisconnectedCause', 'agent.username', 'agent.name'],
    },
  ],
  state: (fields, wiring) => {
    const destination = getTemplate(fields.destination ?? '$(destination)');
    const hasNobody = ({ context }: { context: RunContext }): boolean => getDestination(destination, context) === '';
    return {
      initial: 'choosing',
      states: {
        choosing: {
          always: [{ ...toState(wiring.exit('no-answer')), guard: hasNobody }, { target: 'offering' }],
        },
        offering: offeringState(destination, getDurationMs(fields.noAnswer ?? defaultNoAnswer), wiring),
        connected: connectedState(wiring),
      },
    };
  },
};

function offeringState(destination: Template, noAnswerMs: number, wiring: BlockWiring): BlockState {
  return {
    entry: emitEffect((context) => {
      const name = getDestination(destination, context);
      return {
        kind: 'connect-chat',
        id: getEffectId(context),
        noAnswerMs,
        destination: findAgentNamed(context.variables, name) ?? name,
      };
    }),
    on: {
      'offer.accepted': {
        target: 'connected',
        guard: isAnswer,
        actions: assign({ variables: ({ context, event }) => withAgent(context.variables, event.agent) }),
      },
      'offer.rejected': {
        ...toState(wiring.exit('no-answer')),
        guard: isAnswer,
        actions: [emitWithdrawal('rejected'), forgetDestination],
      },
    },
    after: {
      [noAnswerMs]: {
        ...toState(wiring.exit('no-answer')),
        actions: [emitWithdrawal('no-answer'), forgetDestination],
      },
    },
  };
}

function connectedState(wiring: BlockWiring): BlockState {
  return {
    on: {
      'chat.ended': {
        ...toState(wiring.exit('target-disconnected')),
        guard: isAnswer,
        actions: [
          assign({
            variables: ({ context, event }) =>
              withVariable(context.variables, ['targetDisconnectedCause'], event.cause),
          }),
          forgetDestination,
        ],
      },
    },
  };
}

/** The reservation is used up: a second Connect Chat must not offer the chat to an agent who is no longer held for it. */
const forgetDestination = runSetup.assign({
  variables: ({ context }) => withVariable(context.variables, ['destination'], ''),
});

function emitWithdrawal(outcome: WithdrawOfferEffect['outcome']): ReturnType<typeof emitEffect> {
  return emitEffect((context) => ({ kind: 'withdraw-offer', id: getEffectId(context), outcome }));
}

function getDestination(destination: Template, context: RunContext): string {
  return fillTemplate(destination, context.variables).trim();
}
