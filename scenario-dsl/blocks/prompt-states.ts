import { getDurationMs } from '../../contracts/duration.ts';
import {
  isAnswer,
  messageText,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
  type RunEvent,
  type Way,
} from '../machine/run-setup.ts';
import type { CustomerMessage } from '../machine/scenario-event.ts';
import type { GatherFields } from './message-parts-schema.ts';

/** What a customer said to a prompt: one message, or several in a row where they are gathered. */
export interface Reply {
  text: string;
  files: CustomerMessage['attachments'];
}

/** Something to do with a reply: the first whose `when` holds is done. */
export interface Decision {
  transition: { target: string; reenter: true; meta?: { way: string } };
  when?: (context: RunContext, reply: Reply) => boolean;
  change?: (context: RunContext, reply: Reply) => Partial<RunContext>;
}

/** A message that is sent, and the reply that is waited for. */
export interface Prompt {
  entry: NonNullable<BlockState['entry']>;
  timeoutMs: number;
  gather?: GatherFields;
  /** What a message is worth as text; its text, else its payload, where left out. */
  textOf?: (context: RunContext, message: CustomerMessage) => string;
  /** The last one has no `when`. */
  decisions: readonly Decision[];
  /** A way out of the block, or a state within it: `block.state`. */
  timeout: Way | string;
  sendError: Way | string;
}

const DEFAULT_QUIET = '3s';
const DEFAULT_MAX = '20s';

/** How long a reply may go on once it has begun. */
export function getGatherMs(gather: GatherFields | undefined): number {
  return gather ? getDurationMs(gather.max ?? DEFAULT_MAX) : 0;
}

/**
 * The states of a block that asks and waits. A message that comes while the prompt is being sent is the reply already, but
 * is acted on only when the send has settled. Their names and timers are part of stored conversations.
 */
export function promptStates(prompt: Prompt): { sending: BlockState; waiting: BlockState; gathering?: BlockState } {
  const { gather } = prompt;
  if (!gather) return { sending: sendingState(prompt), waiting: waitingState(prompt) };
  return {
    sending: sendingState(prompt),
    waiting: {
      after: waitingState(prompt).after,
      on: {
        'customer.message': [
          ...decide(prompt, (args) => readMessage(prompt, args), isTap),
          { target: 'gathering', actions: noteReply(prompt) },
        ],
      },
    },
    gathering: gatheringState(prompt, gather),
  };
}

interface Args {
  context: RunContext;
  event: RunEvent;
}

type ReplyOf = (args: Args) => Reply;

function sendingState(prompt: Prompt): BlockState {
  const collected = prompt.gather
    ? [
        ...decide(prompt, notedReply, (args) => isAnswer(args) && args.context.hasTapped === true),
        { target: 'gathering', guard: (args: Args) => isAnswer(args) && hasReply(args) },
      ]
    : decide(prompt, notedReply, (args) => isAnswer(args) && hasReply(args));
  return {
    entry: prompt.entry,
    on: {
      'customer.message': {
        guard: (args) => prompt.gather !== undefined || !hasReply(args),
        actions: noteReply(prompt),
      },
      'message.sent': [...collected, { target: 'waiting', guard: isAnswer }],
      'message.failed': { ...toState(prompt.sendError), guard: isAnswer },
    },
  };
}

function waitingState(prompt: Prompt): BlockState & { after: object } {
  return {
    after: { [prompt.timeoutMs]: toState(prompt.timeout) },
    on: { 'customer.message': decide(prompt, (args) => readMessage(prompt, args)) },
  };
}

/** More may come: each message begins the quiet time anew, `max` ends it however much comes, and a tap is the last word. */
function gatheringState(prompt: Prompt, gather: GatherFields): BlockState {
  const decisions = decide(prompt, notedReply);
  return {
    after: { [getGatherMs(gather)]: decisions },
    initial: 'listening',
    states: {
      listening: {
        after: { [getDurationMs(gather.quiet ?? DEFAULT_QUIET)]: decisions },
        on: {
          'customer.message': [
            ...decide(prompt, (args) => withNoted(args, readMessage(prompt, args)), isTap),
            { target: 'listening', reenter: true, actions: noteReply(prompt) },
          ],
        },
      },
    },
  };
}

/** Asking counts as a visit of its own: its message needs an id that no earlier one has. */
export function askAnew({ visits }: RunContext): Partial<RunContext> {
  return { visits: visits + 1, earlyReply: null, hasTapped: false, asked: undefined };
}

/** The decisions as transitions; targets within the block are named from its top, so they do from any of its states. */
function decide(prompt: Prompt, replyOf: ReplyOf, isDue: (args: Args) => boolean = () => true): Transition[] {
  return prompt.decisions.map(({ transition, when, change }) => ({
    ...transition,
    guard: (args) => isDue(args) && (when?.(args.context, replyOf(args)) ?? true),
    ...(change ? { actions: runSetup.assign((args: Args) => change(args.context, replyOf(args))) } : {}),
  }));
}

interface Transition {
  target: string;
  reenter: true;
  guard: (args: Args) => boolean;
  actions?: ReturnType<typeof runSetup.assign>;
}

/** Adds a message to what has been said since the prompt. */
function noteReply(prompt: Prompt): ReturnType<typeof runSetup.assign> {
  return runSetup.assign((args: Args) => {
    const { text, files } = withNoted(args, readMessage(prompt, args));
    return { earlyReply: text, earlyFiles: files, ...(isTap(args) && { hasTapped: true }) };
  });
}

/** A message behind what has been said since the prompt. */
function withNoted(args: Args, { text, files }: Reply): Reply {
  const said = notedReply(args);
  const texts = args.context.earlyReply === null ? [text] : [said.text, text].filter((line) => line !== '');
  return { text: texts.join('\n'), files: [...said.files, ...files] };
}

function isTap({ event }: Args): boolean {
  return event.type === 'customer.message' && event.message.payload !== undefined;
}

function readMessage({ textOf }: Prompt, { context, event }: Args): Reply {
  if (event.type !== 'customer.message') return { text: '', files: [] };
  const { message } = event;
  return { text: textOf?.(context, message) ?? messageText(message), files: message.attachments };
}

function notedReply({ context: { earlyReply, earlyFiles } }: Args): Reply {
  return earlyReply === null ? { text: '', files: [] } : { text: earlyReply, files: earlyFiles ?? [] };
}

function hasReply({ context }: Args): boolean {
  return context.earlyReply !== null;
}
