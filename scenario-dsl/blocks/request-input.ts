import { assign } from 'xstate';
import { getDurationMs } from '../duration.ts';
import { maxQuickReplyTitle } from '../messenger-limits.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  messageText,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
} from '../run-setup.ts';
import type { CustomerMessage } from '../scenario-event.ts';
import { fillTemplate, getTemplate, type Template } from '../template.ts';
import { getVariablePath, withVariable, type Variables } from '../variables.ts';
import type { BlockBehaviour, BlockWiring } from './block-behaviour.ts';
import { createReader } from './read-input.ts';
import type { RequestInputFields } from './request-input-schema.ts';

const defaultTimeout = '10m';
const defaultRetries = 2;

/**
 * Asks for something of a type, again where the reply is none, and keeps its normal form in a variable.
 * Source: Bright Pattern guide, Request Input (text message), exit Timeout; types, asking again and Invalid are ours.
 */
export const requestInput: BlockBehaviour<RequestInputFields> = {
  exits: () => [
    { name: 'timeout', kind: 'outcome', when: 'No reply came in time.' },
    {
      name: 'invalid',
      kind: 'outcome',
      when: 'The last reply was not of the type, and it has been asked often enough.',
    },
    { name: 'send-error', kind: 'failure', when: 'The question could not be sent.' },
  ],
  ways: (fields) => {
    const timeoutMs = getTimeoutMs(fields);
    const maxMs = timeoutMs * (getRetries(fields) + 1);
    return [
      { way: 'next', by: 'customer', maxMs, sets: [fields.into] },
      { way: 'invalid', by: 'customer', maxMs },
      // Since the customer last wrote, which is what silence is measured from: each reply starts the time anew.
      { way: 'timeout', by: 'clock', minMs: timeoutMs, maxMs: timeoutMs },
      { way: 'send-error', by: 'failed-send' },
    ];
  },
  says: ({ text }) => text,
  state: (fields, wiring) => {
    const input = compileInput(fields);
    return {
      entry: runSetup.assign({ asksAgain: 0 }),
      initial: 'sending',
      states: { sending: sendingState(input, wiring), waiting: waitingState(input, wiring) },
    };
  },
};

/** The fields as a run needs them. */
interface Input {
  text: Template;
  retryText: Template;
  options: { title: Template; value: Template }[];
  hasChoices: boolean;
  into: string[];
  timeoutMs: number;
  retries: number;
  read: ReturnType<typeof createReader>;
}

function compileInput(fields: RequestInputFields): Input {
  return {
    text: getTemplate(fields.text),
    retryText: getTemplate(fields.retry?.text ?? fields.text),
    options: listOptions(fields).map(({ title, value }) => ({ title: getTemplate(title), value: getTemplate(value) })),
    hasChoices: fields.type === 'choice',
    into: getVariablePath(fields.into),
    timeoutMs: getTimeoutMs(fields),
    retries: getRetries(fields),
    read: createReader(fields),
  };
}

/** What is offered as quick replies: the choices, or every mark of a rating. */
export function listOptions({ type, choices = [], min = 1, max = 5 }: RequestInputFields): Option[] {
  if (type === 'choice') return choices.map(({ title, value }) => ({ title, value: value ?? title }));
  if (type !== 'rating') return [];
  return Array.from({ length: max - min + 1 }, (_, index) => String(min + index)).map((mark) => {
    return { title: mark, value: mark };
  });
}

interface Option {
  title: string;
  value: string;
}

/** A reply that comes while the question is being sent is acted on when the send has settled, as in Send Message. */
function sendingState(input: Input, wiring: BlockWiring): BlockState {
  const valueOf = ({ context }: { context: RunContext }): Value => readReply(input, context, context.earlyReply ?? '');
  const isGood = (args: GuardArgs): boolean => isReplied(args) && valueOf(args) !== undefined;
  const mayAskAgain = (args: GuardArgs): boolean => isReplied(args) && hasRetries(input, args.context);
  return {
    entry: emitQuestion(input),
    on: {
      'customer.message': {
        guard: hasNoReply,
        actions: assign({ earlyReply: ({ context, event }) => choose(input, context, event.message) }),
      },
      'message.sent': [
        {
          ...toState(wiring.next),
          guard: isGood,
          actions: assign({ variables: ({ context }) => keep(input, context, valueOf({ context })) }),
        },
        { ...askAgain, guard: mayAskAgain },
        { ...toState(wiring.exit('invalid')), guard: isReplied },
        { target: 'waiting', guard: isAnswer },
      ],
      'message.failed': { ...toState(wiring.exit('send-error')), guard: isAnswer },
    },
  };
}

function waitingState(input: Input, wiring: BlockWiring): BlockState {
  const valueIn = (context: RunContext, message: CustomerMessage): Value =>
    readReply(input, context, choose(input, context, message));
  return {
    after: { [input.timeoutMs]: toState(wiring.exit('timeout')) },
    on: {
      'customer.message': [
        {
          ...toState(wiring.next),
          guard: ({ context, event }) => valueIn(context, event.message) !== undefined,
          actions: assign({
            variables: ({ context, event }) => keep(input, context, valueIn(context, event.message)),
          }),
        },
        { ...askAgain, guard: ({ context }) => hasRetries(input, context) },
        toState(wiring.exit('invalid')),
      ],
    },
  };
}

/** Asking again counts as a visit of its own: its message needs an id that no earlier one has. */
const askAgain = {
  target: 'sending',
  reenter: true,
  actions: runSetup.assign({
    asksAgain: ({ context }) => (context.asksAgain ?? 0) + 1,
    visits: ({ context }) => context.visits + 1,
    earlyReply: null,
  }),
};

function hasRetries({ retries }: Input, { asksAgain = 0 }: RunContext): boolean {
  return asksAgain < retries;
}

type GuardArgs = Parameters<typeof isAnswer>[0];

function isReplied(args: GuardArgs): boolean {
  return isAnswer(args) && !hasNoReply(args);
}

function hasNoReply({ context }: { context: RunContext }): boolean {
  return context.earlyReply === null;
}

type Value = string | number | undefined;

/** The reply in a message: what was tapped, where that is one of the choices, else what was written. */
function choose(input: Input, { variables }: RunContext, message: CustomerMessage): string {
  const { payload } = message;
  const isTapped = input.options.some(
    ({ value }) => payload !== undefined && payload === fillTemplate(value, variables),
  );
  return payload !== undefined && isTapped ? payload : messageText(message);
}

function readReply(input: Input, { variables }: RunContext, reply: string): Value {
  return input.hasChoices ? readChoice(input, variables, reply) : input.read(reply);
}

/** A value exactly, else a title or a value as people write it; Messenger shows long titles cut. */
function readChoice({ options }: Input, variables: Variables, reply: string): string | undefined {
  const filled = options.map(({ title, value }) => ({
    title: fold(fillTemplate(title, variables)),
    value: fillTemplate(value, variables),
  }));
  const wanted = fold(reply);
  const match =
    filled.find(({ value }) => value === reply) ??
    filled.find(({ title }) => title === wanted) ??
    filled.find(({ title, value }) => fold(title.slice(0, maxQuickReplyTitle)) === wanted || fold(value) === wanted);
  return match?.value;
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

function keep({ into }: Input, { variables }: RunContext, value: Value): Variables {
  return value === undefined ? variables : withVariable(variables, into, value);
}

function emitQuestion({ text, retryText, options }: Input): ReturnType<typeof emitEffect> {
  return emitEffect((context) => ({
    kind: 'send-message',
    id: getEffectId(context),
    text: fillTemplate(context.asksAgain ? retryText : text, context.variables),
    quickReplies: options.map(({ title, value }) => ({
      title: fillTemplate(title, context.variables),
      payload: fillTemplate(value, context.variables),
    })),
  }));
}

function getTimeoutMs({ timeout }: RequestInputFields): number {
  return getDurationMs(timeout ?? defaultTimeout);
}

function getRetries({ retry }: RequestInputFields): number {
  return retry?.count ?? defaultRetries;
}
