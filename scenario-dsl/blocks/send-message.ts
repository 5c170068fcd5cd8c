import { assign } from 'xstate';
import { getDurationMs } from '../duration.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  messageText,
  toState,
  type BlockState,
  type RunContext,
} from '../run-setup.ts';
import { fillTemplate, getTemplate } from '../template.ts';
import { getVariablePath, withVariable, type Variables } from '../variables.ts';
import type { BlockBehaviour, BlockWay, BlockWiring } from './block-behaviour.ts';
import type { SendMessageFields } from './send-message-schema.ts';

const defaultWaitTimeout = '10m';

/**
 * Sends a text and, with `wait`, takes the customer's next message as the reply to it.
 * Source: Bright Pattern guide, Send Message.
 */
export const sendMessage: BlockBehaviour<SendMessageFields> = {
  exits: ({ wait }) => [
    { name: 'send-error', kind: 'failure', when: 'The message could not be sent.' },
    ...(wait ? [{ name: 'timeout', kind: 'outcome', when: 'No reply came in time.' } as const] : []),
  ],
  ways: ({ wait }) => [
    ...(wait ? getWaitWays(wait) : [{ way: 'next', by: 'delivery' } as const]),
    { way: 'send-error', by: 'failed-send' },
  ],
  says: ({ text }) => text,
  state: (fields, wiring) => (fields.wait ? waitingState(fields, fields.wait, wiring) : sendingState(fields, wiring)),
};

function getWaitWays(wait: NonNullable<SendMessageFields['wait']>): BlockWay[] {
  const timeoutMs = getDurationMs(wait.timeout ?? defaultWaitTimeout);
  return [
    { way: 'next', by: 'customer', maxMs: timeoutMs, ...(wait.into === undefined ? {} : { sets: [wait.into] }) },
    { way: 'timeout', by: 'clock', minMs: timeoutMs, maxMs: timeoutMs },
  ];
}

function sendingState(fields: SendMessageFields, wiring: BlockWiring): BlockState {
  return {
    entry: emitMessage(fields),
    on: {
      'message.sent': { ...toState(wiring.next), guard: isAnswer },
      'message.failed': { ...toState(wiring.exit('send-error')), guard: isAnswer },
    },
  };
}

/** A message that comes while the prompt is being sent is the reply already, but is acted on only when the send has settled. */
function waitingState(
  fields: SendMessageFields,
  wait: NonNullable<SendMessageFields['wait']>,
  wiring: BlockWiring,
): BlockState {
  const into = wait.into === undefined ? undefined : getVariablePath(wait.into);
  const withReply = (variables: Variables, reply: string): Variables =>
    into ? withVariable(variables, into, reply) : variables;
  return {
    initial: 'sending',
    states: {
      sending: {
        entry: emitMessage(fields),
        on: {
          'customer.message': {
            guard: hasNoReply,
            actions: assign({ earlyReply: ({ event }) => messageText(event.message) }),
          },
          'message.sent': [
            {
              ...toState(wiring.next),
              guard: isAnswerAfterReply,
              actions: assign({
                variables: ({ context }) => withReply(context.variables, context.earlyReply ?? ''),
              }),
            },
            { target: 'waiting', guard: isAnswer },
          ],
          'message.failed': { ...toState(wiring.exit('send-error')), guard: isAnswer },
        },
      },
      waiting: {
        after: { [getDurationMs(wait.timeout ?? defaultWaitTimeout)]: toState(wiring.exit('timeout')) },
        on: {
          'customer.message': {
            ...toState(wiring.next),
            actions: assign({
              variables: ({ context, event }) => withReply(context.variables, messageText(event.message)),
            }),
          },
        },
      },
    },
  };
}

function hasNoReply({ context }: { context: RunContext }): boolean {
  return context.earlyReply === null;
}

function isAnswerAfterReply(args: Parameters<typeof isAnswer>[0]): boolean {
  return isAnswer(args) && !hasNoReply(args);
}

function emitMessage(fields: SendMessageFields): ReturnType<typeof emitEffect> {
  const text = getTemplate(fields.text);
  const quickReplies = (fields.quickReplies ?? []).map(({ title, payload }) => ({
    title: getTemplate(title),
    payload: getTemplate(payload ?? title),
  }));
  return emitEffect((context: RunContext) => ({
    kind: 'send-message',
    id: getEffectId(context),
    text: fillTemplate(text, context.variables),
    quickReplies: quickReplies.map(({ title, payload }) => ({
      title: fillTemplate(title, context.variables),
      payload: fillTemplate(payload, context.variables),
    })),
  }));
}
