import { getDurationMs } from '../../contracts/duration.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { Json } from '../../contracts/json.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileSaid, firstSaid } from '../expression/said-text.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import {
  emitEffect,
  emitOperation,
  getEffectId,
  isAnswer,
  messageText,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
  type RunEvent,
} from '../machine/run-setup.ts';
import type { CustomerMessage } from '../machine/scenario-event.ts';
import type { AiAgentFields } from './ai-agent-schema.ts';
import type { BlockBehaviour, BlockWay, BlockWiring } from './block-behaviour.ts';
import { compileTexts } from './compile-texts.ts';
import { compileValues } from './compile-values.ts';
import type { GatherFields } from './message-parts-schema.ts';
import { sentTexts } from './message-parts.ts';
import { askAnew, getGatherMs, promptStates, type Decision } from './prompt-states.ts';
import { withLine } from './talk.ts';

/** A burst of messages is one question to the model. */
const DEFAULT_GATHER: GatherFields = { quiet: '1s', max: '10s' };
const DEFAULT_TIMEOUT = '30s';
const DEFAULT_SILENCE = '10m';
const DEFAULT_TURNS = 10;
const DEFAULT_TOKENS = 400;

/**
 * Lets a language model hold the talk: it says something and the customer replies, until it chooses a way out, or time or
 * turns are over. Each of its answers is that of an operation.
 * Source: Bright Pattern, AI Agent.
 */
export const aiAgent: BlockBehaviour<AiAgentFields> = {
  exits: () => [
    {
      name: 'hand-over',
      kind: 'outcome',
      when: 'The customer asked for a person, the model is in doubt, or its turns are used up.',
    },
    { name: 'failed', kind: 'failure', when: 'The model could not be asked, or its answer makes no sense.' },
    { name: 'timeout', kind: 'outcome', when: 'The model did not answer in time, or the customer did not reply.' },
    { name: 'send-error', kind: 'failure', when: 'What the model said could not be sent.' },
  ],
  references: ({ actions = [] }) => actions.map(({ go }, index) => ({ path: ['actions', index, 'go'], block: go })),
  ways: listWays,
  says: ({ text = '(what the model answers)' }) => firstSaid(text),
  texts: ({ text }) =>
    text === undefined ? [] : sentTexts(['text'], text, { what: 'text', limit: MESSENGER_LIMITS.text }),
  state: (fields, wiring) => {
    const begin = compileBeginning(fields);
    return {
      entry: runSetup.assign(({ context }) => begin(context)),
      exit: runSetup.assign({ talk: [] }),
      initial: fields.text === undefined ? 'asking' : 'sending',
      states: {
        asking: askingState(fields, wiring),
        ...promptStates({
          entry: emitLine,
          timeoutMs: getDurationMs(fields.silence ?? DEFAULT_SILENCE),
          gather: getGather(fields),
          textOf: (_context, message) => tellMessage(message),
          decisions: decideReply(fields, wiring),
          timeout: wiring.exit('timeout'),
          sendError: wiring.exit('send-error'),
        }),
      },
    };
  },
};

/**
 * With a text of the block's own nothing is asked before the customer has replied to it; without, the model may choose its
 * way at once. Silence is measured from what the customer said last.
 */
function listWays(fields: AiAgentFields): BlockWay[] {
  const { actions = [], reason } = fields;
  const answerMs = getDurationMs(fields.timeout ?? DEFAULT_TIMEOUT);
  const silenceMs = getDurationMs(fields.silence ?? DEFAULT_SILENCE);
  const gatherMs = getGatherMs(getGather(fields));
  const by = fields.text === undefined ? 'answer' : 'customer';
  const maxMs = answerMs + gatherMs;
  return [
    { way: 'next', by, maxMs },
    { way: 'hand-over', by, maxMs, ...(reason !== undefined && { sets: [reason], types: { [reason]: 'text' } }) },
    ...actions.map(({ name, go }): BlockWay => ({ way: name, target: go, by, maxMs })),
    { way: 'failed', by: 'failed-operation', maxMs },
    { way: 'timeout', by: 'clock', minMs: Math.min(answerMs, silenceMs), maxMs: maxMs + silenceMs },
    { way: 'send-error', by: 'failed-send', maxMs },
  ];
}

function getGather({ gather }: AiAgentFields): GatherFields {
  return gather ?? DEFAULT_GATHER;
}

/** The talk as the block is entered: its own text, or what the customer has said already. */
function compileBeginning({
  text,
  message = '$(item.message)',
}: AiAgentFields): (context: RunContext) => Partial<RunContext> {
  const first = compileSaid(text ?? message);
  const by = text === undefined ? 'customer' : 'model';
  return ({ variables }) => ({
    talk: withLine([], { by, text: first(variables) }),
    turns: 0,
    earlyReply: null,
    hasTapped: false,
  });
}

/** Says the newest line of the talk. */
const emitLine = emitEffect((context) => ({
  kind: 'send-message',
  id: getEffectId(context),
  text: context.talk?.at(-1)?.text ?? '',
  quickReplies: [],
}));

interface Args {
  context: RunContext;
  event: RunEvent;
}

/** The model has chosen this way. */
function chooses(choice: string): (args: Args) => boolean {
  return (args) => isAnswer(args) && choiceOf(args.event) === choice;
}

function askingState(fields: AiAgentFields, wiring: BlockWiring): BlockState {
  const timeoutMs = getDurationMs(fields.timeout ?? DEFAULT_TIMEOUT);
  const operation = compileQuestion(fields);
  const keepReason = compileReason(fields);
  return {
    entry: emitOperation(operation, timeoutMs),
    on: {
      // What comes meanwhile is part of the reply to the answer that is on its way.
      'customer.message': {
        actions: runSetup.assign(({ context, event }) =>
          event.type === 'customer.message' ? noteEarly(context, event.message) : {},
        ),
      },
      'operation.completed': [
        {
          target: 'sending',
          guard: (args) => isAnswer(args) && textOf(args.event) !== undefined,
          actions: runSetup.assign(({ context, event }) => takeTurn(context, textOf(event) ?? '')),
        },
        { ...toState(wiring.next), guard: chooses('done') },
        {
          ...toState(wiring.exit('hand-over')),
          guard: chooses('hand-over'),
          actions: runSetup.assign(({ context, event }) => keepReason(context.variables, whyOf(event))),
        },
        ...(fields.actions ?? []).map(({ name, go }) => ({
          ...toState({ state: go, name }),
          guard: chooses(name),
        })),
        {
          ...toState(wiring.exit('timeout')),
          guard: (args) =>
            isAnswer(args) && args.event.type === 'operation.completed' && args.event.outcome === 'timeout',
        },
        { ...toState(wiring.exit('failed')), guard: isAnswer },
      ],
    },
    after: { [timeoutMs]: toState(wiring.exit('timeout')) },
  };
}

/** What the model is asked: what the block names, and no more. */
function compileQuestion(fields: AiAgentFields): (context: RunContext) => Operation {
  const { account, instructions, share = {}, actions = [], maxTokens = DEFAULT_TOKENS } = fields;
  const fill = compileTexts({
    instructions,
    ...(account !== undefined && { account }),
    actions: actions.map(({ name, description }) => ({ name, description })),
  });
  const fillShared = compileValues(share, null);
  return ({ variables, talk = [] }) => ({
    name: 'ask-model',
    ...fill(variables),
    shared: fillShared(variables) as Record<string, Json>,
    talk,
    maxTokens,
  });
}

function decideReply(fields: AiAgentFields, wiring: BlockWiring): Decision[] {
  const maxTurns = fields.maxTurns ?? DEFAULT_TURNS;
  const keepReason = compileReason(fields);
  return [
    {
      transition: toState(wiring.exit('hand-over')),
      when: ({ turns = 0 }) => turns >= maxTurns,
      change: ({ variables }) => keepReason(variables, 'turns'),
    },
    {
      transition: { target: `#${wiring.block}.asking`, reenter: true },
      change: (context, { text }) => ({
        ...askAnew(context),
        talk: withLine(context.talk ?? [], { by: 'customer', text }),
      }),
    },
  ];
}

/** A new answer is said under an id of its own; what came while the model thought stays as the beginning of the reply. */
function takeTurn(context: RunContext, text: string): Partial<RunContext> {
  const { visits, turns = 0, talk = [] } = context;
  return { visits: visits + 1, turns: turns + 1, talk: withLine(talk, { by: 'model', text }) };
}

function noteEarly({ earlyReply }: RunContext, message: CustomerMessage): Partial<RunContext> {
  const text = tellMessage(message);
  return { earlyReply: earlyReply === null ? text : `${earlyReply}\n${text}` };
}

/** A model reads text only: of a picture it is told that there is one. */
function tellMessage(message: CustomerMessage): string {
  const kinds = message.attachments.map(({ type }) => `[${type}]`);
  return [messageText(message), ...kinds].filter((part) => part !== '').join(' ');
}

function compileReason({ reason }: AiAgentFields): (variables: Variables, why: string) => Partial<RunContext> {
  if (reason === undefined) return () => ({});
  const path = getVariablePath(reason);
  return (variables, why) => ({ variables: withVariable(variables, path, why) });
}

function valueOf(event: RunEvent, name: string): string | undefined {
  if (event.type !== 'operation.completed' || event.outcome !== 'done') return undefined;
  const value = event.values[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const choiceOf = (event: RunEvent): string | undefined => valueOf(event, 'action');
const whyOf = (event: RunEvent): string => valueOf(event, 'why') ?? 'asked';
/** Nothing where it has chosen a way: a choice is no text. */
const textOf = (event: RunEvent): string | undefined =>
  choiceOf(event) === undefined ? valueOf(event, 'text') : undefined;
