import type { ScenarioDocument } from '../document/document.ts';
import { letAgentAct } from './let-agent-act.ts';
import { meetExpectation } from './meet-expectation.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import { readMessages, sayMessage } from './read-messages.ts';
import { asTyped, listButtons } from './said-message.ts';
import type { SimulatedChat, Written } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { TestStep, WrittenMessage } from './test-file-schema.ts';

/** A test as it is being run. */
export interface RunningTest {
  chat: SimulatedChat;
  document: ScenarioDocument;
  /** Since the last thing that happened the test has said what the scenario answers; then it has to say all of it. */
  hasReadMessages: boolean;
}

/**
 * Carries out one step of a test.
 * @throws StepMismatch when it does not go as the test says
 */
export function takeStep(test: RunningTest, step: TestStep): void {
  if (step.bot !== undefined) {
    test.hasReadMessages = true;
    const expected = Array.isArray(step.bot) ? step.bot : [step.bot];
    const { unread, said } = test.chat.messenger;
    readMessages(unread, expected, said.slice(0, said.length - unread.length));
    if (expected.length === 0) finishReading(test);
    return;
  }
  if (step.expect !== undefined) return meetExpectation(step.expect, test.chat, test.document);
  finishReading(test);
  setWorld(test.chat, step);
  actOnStep(test.chat, step);
}

/** Holds a test to what it has not said: once it reads an answer of the scenario, it has to read all of it. */
export function finishReading(test: RunningTest): void {
  const { chat, hasReadMessages } = test;
  const rest = chat.messenger.unread;
  chat.messenger.unread = [];
  test.hasReadMessages = false;
  if (!hasReadMessages || rest.length === 0) return;
  throw new StepMismatch('The scenario says more than the test expects.', { actual: rest.map(sayMessage) });
}

/** What may change before the conversation begins as well. */
function setWorld(chat: SimulatedChat, { sends, queue, thread, window, page, answers }: TestStep): void {
  if (Array.isArray(sends)) chat.messenger.nextStatuses = [...sends];
  else if (sends !== undefined) chat.messenger.status = sends;
  if (queue !== undefined) chat.act(() => chat.desk.setQueue(queue));
  if (window !== undefined) chat.act(() => chat.messenger.setWindow(window));
  if (page !== undefined) chat.act(() => chat.messenger.setPage(page));
  if (answers !== undefined) chat.operations.setAnswers(answers);
  if (thread !== undefined) chat.setThread(thread);
}

function actOnStep(chat: SimulatedChat, step: TestStep): void {
  if (step.agent !== undefined) return letAgentAct(chat, step, step.agent);
  if (step.customer !== undefined) return deliver(chat, step.customer, step.delivered);
  const isOfChat = [step.tap, step.after, step.leaves, step.outcome].some((part) => part !== undefined);
  if (!isOfChat) return;
  if (!chat.result) throw new StepMismatch('The conversation has not begun: a customer’s message opens it.');
  if (step.tap !== undefined) return tap(chat, step.tap);
  if (step.after !== undefined) return chat.wait(parseTimeSpan(step.after) ?? 0);
  if (step.leaves !== undefined) return chat.leave(step.leaves);
  if (!chat.messenger.held) throw new StepMismatch('No message is held back: write { sends: hold } before it.');
  chat.resolveHeld(step.outcome ?? 'sent');
}

/** One message or a burst of them; webhooks may come twice, or overtake each other. */
function deliver(
  chat: SimulatedChat,
  customer: NonNullable<TestStep['customer']>,
  delivered: TestStep['delivered'],
): void {
  const burst = Array.isArray(customer) ? customer : [customer];
  if (delivered === 'in-reverse') burst.reverse();
  for (const message of burst) {
    if (chat.isEnded) {
      throw new StepMismatch('The conversation has ended: this message would begin another one.');
    }
    const mid = `m${chat.lines.length}`;
    chat.write({ ...toWritten(message), mid });
    if (delivered === 'twice') chat.write({ ...toWritten(message), mid });
  }
}

function toWritten(message: WrittenMessage): Written {
  const { text, payload, attachments = [], referral } = typeof message === 'string' ? { text: message } : message;
  return {
    ...(text !== undefined && { text }),
    ...(payload !== undefined && { payload }),
    ...(referral !== undefined && { referral }),
    attachments: attachments.map(toAttachment),
  };
}

type TestAttachment = Exclude<Exclude<WrittenMessage, string>['attachments'], undefined>[number];

/** Messenger's thumbs-up. */
const STICKER = '369239263222822';
const TYPES_OF_FILES: readonly string[] = ['image', 'video', 'audio', 'file'];

/** A file comes with an address and a location with coordinates, as Messenger sends them. */
function toAttachment(attachment: TestAttachment): Written['attachments'][number] {
  const given = typeof attachment === 'string' ? { type: attachment } : attachment;
  const isSticker = given.type === 'sticker';
  const type = isSticker ? 'image' : given.type;
  const { url = TYPES_OF_FILES.includes(type) ? `https://files.example.com/${type}` : undefined } = given;
  const { coordinates = type === 'location' ? { lat: 52.52, long: 13.405 } : undefined } = given;
  const { stickerId = isSticker ? STICKER : undefined } = given;
  return {
    type,
    ...(url !== undefined && { url }),
    ...(coordinates && { coordinates }),
    ...(stickerId !== undefined && { stickerId }),
  };
}

/** Quick replies are there until something else is said; buttons of templates stay. */
function tap(chat: SimulatedChat, title: string): void {
  const { said } = chat.messenger;
  const replies = said.at(-1)?.quickReplies ?? [];
  const buttons = said.toReversed().flatMap(({ attachments }) => listButtons(attachments));
  const chosen = [...replies, ...buttons].find((button) => asTyped(button.title) === asTyped(title));
  if (!chosen) {
    const shown = [
      ...replies.map((reply) => `quick reply: ${reply.title}`),
      ...buttons.map((b) => `button: ${b.title}`),
    ];
    throw new StepMismatch('There is no such quick reply or button to tap.', {
      expected: [`quick reply or button: ${title}`],
      actual: shown.length === 0 ? ['(no quick replies or buttons)'] : shown,
    });
  }
  if ('type' in chosen && chosen.type !== 'postback') {
    throw new StepMismatch(`"${title}" opens a page or calls a number: the scenario hears nothing of it.`);
  }
  deliver(chat, { text: chosen.title, ...(chosen.payload !== undefined && { payload: chosen.payload }) }, undefined);
}
