import { isFile } from '../../contracts/customer-event.ts';
import { getDurationMs } from '../../contracts/duration.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import { firstSaid } from '../expression/said-text.ts';
import { foldReply } from '../expression/plain-text.ts';
import {
  emitEffect,
  getEffectId,
  isAnswer,
  messageText,
  runSetup,
  toState,
  type BlockState,
} from '../machine/run-setup.ts';
import type { CustomerMessage } from '../machine/scenario-event.ts';
import type { Fill } from './compile-texts.ts';
import { isEachList, MORE } from './list-items.ts';
import { compileHasNoItems, compileMore, countPages, listEachOf } from './message-lists.ts';
import { emptyListWay, NO_DATA, offeringState } from './offered-lists.ts';
import type { BlockBehaviour, BlockExit, BlockWay, BlockWiring } from './block-behaviour.ts';
import { compileMessage, listMessageTexts } from './message-parts.ts';
import { askAnew, getGatherMs, promptStates, type Decision, type Reply } from './prompt-states.ts';
import type { SendMessageFields } from './send-message-schema.ts';

const DEFAULT_WAIT_TIMEOUT = '10m';

/**
 * Sends a message and, with `wait`, takes the customer's next one as the reply to it.
 * Source: Bright Pattern guide, Send Message, exits Send Error, Timeout and File Received.
 */
export const sendMessage: BlockBehaviour<SendMessageFields> = {
  exits: ({ wait, ...fields }) => [
    { name: 'send-error', kind: 'failure', when: 'The message could not be sent.' },
    ...(wait ? waitExits.filter(({ name }) => name !== 'file-received' || wait.files !== undefined) : []),
    ...(listEachOf(fields).length > 0 ? [emptyListExit(wait !== undefined && !hasRest(fields))] : []),
  ],
  ways: ({ wait, ...fields }) => [
    ...(wait ? getWaitWays(wait, countPages(fields)) : [{ way: 'next', by: 'delivery' } as const]),
    { way: 'send-error', by: 'failed-send' },
    ...(listEachOf(fields).length > 0 ? [emptyListWay] : []),
  ],
  says: ({ text = '' }) => firstSaid(text),
  texts: listMessageTexts,
  state: (fields, wiring) => (fields.wait ? waitingState(fields, fields.wait, wiring) : sendingState(fields, wiring)),
};

/** The rest of the message is sent where it is not wired; for a reply to nothing nobody waits. */
function emptyListExit(waitsForNothing: boolean): BlockExit {
  return {
    name: NO_DATA,
    kind: 'outcome',
    when: 'The list that it shows is empty, so that nothing is sent. Not wired, the rest of the message is sent; where it waits and has no rest, it leads where `timeout` does.',
    needs: 'cards: { each: <variable> } or quickReplies: { each: <variable> }',
    unwired: waitsForNothing ? { as: 'timeout' } : 'not-taken',
  };
}

/** Whether a message says something when its lists are empty. */
function hasRest({ text, attachments, cards = [], media, receipt }: SendMessageFields): boolean {
  return (
    [text, attachments, media, receipt].some((part) => part !== undefined) || (!isEachList(cards) && cards.length > 0)
  );
}

/** Whether an empty list leads out of the block. */
function canLeaveEmpty(fields: SendMessageFields, wiring: BlockWiring): boolean {
  return listEachOf(fields).length > 0 && (wiring.isWired(NO_DATA) || (fields.wait !== undefined && !hasRest(fields)));
}

type Wait = NonNullable<SendMessageFields['wait']>;

const waitExits: BlockExit[] = [
  { name: 'timeout', kind: 'outcome', when: 'No reply came in time.', needs: 'wait: {}' },
  {
    name: 'file-received',
    kind: 'outcome',
    when: 'The reply is, or has with it, a picture, video, sound or file; a sticker or a link is none. Only where "files" is written.',
    needs: 'wait: { files: <variable> }',
  },
];

/** Each page that is shown begins the time anew. */
function getWaitWays({ timeout, into, files, gather }: Wait, pages: number): BlockWay[] {
  const timeoutMs = getDurationMs(timeout ?? DEFAULT_WAIT_TIMEOUT);
  const maxMs = (timeoutMs + getGatherMs(gather)) * pages;
  const sets = into === undefined ? [] : [into];
  return [
    { way: 'next', by: 'customer', maxMs, ...(into !== undefined && { sets }) },
    { way: 'timeout', by: 'clock', minMs: timeoutMs, maxMs: timeoutMs },
    ...(files === undefined
      ? []
      : [
          {
            way: 'file-received',
            by: 'customer',
            maxMs,
            sets: [...sets, files, `${files}.*`],
            types: { [files]: 'list' },
            fills: [files],
          } as const,
        ]),
  ];
}

/** A run is in it while the message is on its way: with a list in a state within. */
function sendingState(fields: SendMessageFields, wiring: BlockWiring): BlockState {
  const entry = emitMessage(fields);
  return {
    ...(canLeaveEmpty(fields, wiring)
      ? { initial: 'offering', states: { offering: offeringFor(fields, wiring), sending: { entry } } }
      : { entry }),
    on: {
      'message.sent': { ...toState(wiring.next), guard: isAnswer },
      'message.failed': { ...toState(wiring.exit('send-error')), guard: isAnswer },
    },
  };
}

function offeringFor(fields: SendMessageFields, wiring: BlockWiring): BlockState {
  const hasNoItems = compileHasNoItems(fields);
  return offeringState(({ variables }) => hasNoItems(variables), wiring);
}

function waitingState(fields: SendMessageFields, wait: Wait, wiring: BlockWiring): BlockState {
  const keep = compileKeep(wait);
  const change: Decision['change'] = ({ variables }, reply) => ({ variables: keep(variables, reply) });
  const more = compileMore(fields);
  const decisions: Decision[] = [
    ...(more ? [turnPage(more, wiring.block)] : []),
    ...(wait.files === undefined
      ? []
      : [{ transition: toState(wiring.exit('file-received')), when: hasFiles, change } as const]),
    { transition: toState(wiring.next), change },
  ];
  const prompt = promptStates({
    entry: emitMessage(fields),
    timeoutMs: getDurationMs(wait.timeout ?? DEFAULT_WAIT_TIMEOUT),
    ...(wait.gather ? { gather: wait.gather } : {}),
    ...(more && { textOf: readTap }),
    decisions,
    timeout: wiring.exit('timeout'),
    sendError: wiring.exit('send-error'),
  });
  const canBeLeft = canLeaveEmpty(fields, wiring);
  return {
    ...(more && { entry: runSetup.assign({ pageAt: 0 }) }),
    initial: canBeLeft ? 'offering' : 'sending',
    states: canBeLeft ? { offering: offeringFor(fields, wiring), ...prompt } : prompt,
  };
}

/** A tap on "more" comes as what it is, and not as its title. */
function readTap(_context: unknown, message: CustomerMessage): string {
  return message.payload === MORE ? MORE : messageText(message);
}

/** The next page is a message of its own, under an id that no earlier one has. */
function turnPage(more: Fill<string | undefined>, block: string): Decision {
  return {
    transition: { target: `#${block}.sending`, reenter: true },
    when: ({ variables }, { text }) => {
      const title = more(variables);
      return title !== undefined && (text === MORE || foldReply(text) === foldReply(title));
    },
    change: (context) => ({ ...askAnew(context), pageAt: (context.pageAt ?? 0) + 1 }),
  };
}

function hasFiles(_context: unknown, { files }: Reply): boolean {
  return files.some(isFile);
}

function compileKeep({ into, files }: Wait): (variables: Variables, reply: Reply) => Variables {
  const textPath = into === undefined ? undefined : getVariablePath(into);
  const filesPath = files === undefined ? undefined : getVariablePath(files);
  return (variables, reply) => {
    const withText = textPath ? withVariable(variables, textPath, reply.text) : variables;
    const sent = reply.files.filter(isFile);
    return filesPath && sent.length > 0 ? withVariable(withText, filesPath, sent) : withText;
  };
}

function emitMessage(fields: SendMessageFields): ReturnType<typeof emitEffect> {
  const fill = compileMessage(fields);
  return emitEffect((context) => ({
    kind: 'send-message',
    id: getEffectId(context),
    ...fill(context.variables, context.pageAt ?? 0),
  }));
}
