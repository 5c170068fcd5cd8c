import { assign } from 'xstate';
import { getDurationMs } from '../../contracts/duration.ts';
import { findVariable, withVariable, type Variables } from '../expression/variables.ts';
import type { ConnectChatEffect, WithdrawOfferEffect } from '../machine/effect.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
} from '../machine/run-setup.ts';
import type { Agent } from '../machine/scenario-event.ts';
import { findAgentNamed, withAgent, withLastAgent } from './agent-variables.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import { compileTexts } from './compile-texts.ts';
import type { ConnectChatFields } from './connect-chat-schema.ts';

const DEFAULT_NO_ANSWER = '10s';

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
    { way: 'no-answer', by: 'refusal', maxMs: getNoAnswerMs(fields) },
    {
      way: 'target-disconnected',
      by: 'chat-end',
      sets: ['targetDisconnectedCause', 'agent.username', 'agent.name'],
    },
  ],
  state: (fields, wiring) => {
    const offer = compileOffer(fields);
    const hasNobody = ({ context }: { context: RunContext }): boolean => offer(context).destination === '';
    return {
      initial: 'choosing',
      states: {
        choosing: {
          always: [{ ...toState(wiring.exit('no-answer')), guard: hasNobody }, { target: 'offering' }],
        },
        offering: offeringState(offer, getNoAnswerMs(fields), wiring),
        connected: connectedState(wiring),
      },
    };
  },
};

type Offer = (context: RunContext) => ConnectChatEffect;

/** What is offered, and to whom; the destination is '' where there is nobody. */
function compileOffer(fields: ConnectChatFields): Offer {
  const { overflow, autoAnswer } = fields;
  const fill = compileTexts({
    destination: fields.destination ?? '$(destination)',
    entry: fields.default ?? '',
    override: fields.override ?? '',
  });
  const fixed = {
    kind: 'connect-chat',
    noAnswerMs: getNoAnswerMs(fields),
    ...(overflow ? { isOverflow: true } : {}),
    ...(autoAnswer !== undefined && { autoAnswerMs: getDurationMs(autoAnswer) }),
  } as const;
  return (context) => {
    const { destination, entry, override } = fill(context.variables);
    return {
      ...fixed,
      id: getEffectId(context),
      destination: chooseDestination(context, [destination, entry, override]),
    };
  };
}

/** An entry that overrides, else the agent or user, else the entry for want of one. */
function chooseDestination(
  { variables }: RunContext,
  [destination, entry, override]: [string, string, string],
): ConnectChatEffect['destination'] {
  if (override.trim() !== '') return { entry: override.trim() };
  const name = destination.trim();
  if (name !== '') return findAgentNamed(variables, name) ?? name;
  return entry.trim() === '' ? '' : { entry: entry.trim() };
}

function getNoAnswerMs({ noAnswer }: ConnectChatFields): number {
  return getDurationMs(noAnswer ?? DEFAULT_NO_ANSWER);
}

function offeringState(offer: Offer, noAnswerMs: number, wiring: BlockWiring): BlockState {
  return {
    entry: emitEffect(offer),
    on: {
      'offer.accepted': {
        target: 'connected',
        guard: isAnswer,
        actions: assign({ variables: ({ context, event }) => withTalking(context.variables, event) }),
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
      // The agent fell silent and another one has taken the chat over.
      'offer.accepted': {
        guard: isAnswer,
        actions: assign({ variables: ({ context, event }) => withTalking(context.variables, event) }),
      },
      'chat.ended': {
        ...toState(wiring.exit('target-disconnected')),
        guard: isAnswer,
        actions: [
          assign({
            variables: ({ context, event }) =>
              withVariable(withTalked(context.variables, event.now), ['targetDisconnectedCause'], event.cause),
          }),
          forgetDestination,
        ],
      },
    },
  };
}

/** The agent who has taken the chat. */
function withTalking(variables: Variables, { agent, now = 0 }: { agent: Agent; now?: number }): Variables {
  return withLastAgent(withAgent(variables, agent), agent.username, now);
}

/** The chat has ended just now. */
function withTalked(variables: Variables, now = 0): Variables {
  const username = findVariable(variables, ['agent', 'username']);
  return typeof username === 'string' ? withLastAgent(variables, username, now) : variables;
}

/** The reservation is used up: a second Connect Chat must not offer the chat to an agent who is no longer held for it. */
const forgetDestination = runSetup.assign({
  variables: ({ context }) => withVariable(context.variables, ['destination'], ''),
});

function emitWithdrawal(outcome: WithdrawOfferEffect['outcome']): ReturnType<typeof emitEffect> {
  return emitEffect((context) => ({ kind: 'withdraw-offer', id: getEffectId(context), outcome }));
}
