import { formatDuration } from '../../contracts/duration.ts';
import { isSubset } from './is-subset.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import { asTyped, describeMessage, listButtons, listCards, textOf, titleOf, type SaidMessage } from './said-message.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { ExpectedMessage } from './test-file-schema.ts';

/**
 * Takes the expected messages off the unread ones, in order.
 * @throws StepMismatch at the first that is another one, or missing
 */
export function readMessages(
  unread: SaidMessage[],
  expected: readonly ExpectedMessage[],
  earlier: readonly SaidMessage[] = [],
): void {
  for (const [index, message] of expected.entries()) {
    const actual = unread.shift();
    if (actual && isExpected(toShape(message), actual)) continue;
    const rest = actual ? [actual, ...unread] : [];
    throw new StepMismatch(
      `The scenario does not say what the test expects.${tellEarlier(earlier, expected.slice(index))}`,
      {
        expected: expected.slice(index).map((line) => said(describeExpected(toShape(line)))),
        actual: rest.length === 0 ? ['(nothing)'] : rest.map(sayMessage),
      },
    );
  }
}

const MOST_EARLIER = 5;

/** `bot` reads what came since the last step: who lists the whole chat learns it here. */
function tellEarlier(earlier: readonly SaidMessage[], expected: readonly ExpectedMessage[]): string {
  const isRepeated = expected.some((line) => earlier.some((message) => isExpected(toShape(line), message)));
  if (!isRepeated) return '';
  const last = earlier.slice(-MOST_EARLIER).map((message) => `"${describeMessage(message).slice(0, 100)}"`);
  const more = earlier.length > MOST_EARLIER ? '… ' : '';
  return ` "bot" is about what came since the last step; said before that: ${more}${last.join(', ')}.`;
}

/** A message as a difference shows it. */
export function sayMessage(message: SaidMessage): string {
  const typing = message.typingMs === undefined ? '' : ` (typing ${formatDuration(message.typingMs)})`;
  return said(`${describeMessage(message)}${typing}`);
}

type MessageShape = Exclude<ExpectedMessage, string>;

function toShape(message: ExpectedMessage): MessageShape {
  return typeof message === 'string' ? { text: message } : message;
}

function isExpected(expected: MessageShape, actual: SaidMessage): boolean {
  const { text, contains, quickReplies, buttons, cards, attachments, typing } = expected;
  return (
    (text === undefined || asTyped(text) === asTyped(textOf(actual))) &&
    (contains === undefined || asTyped(describeMessage(actual)).includes(asTyped(contains))) &&
    isSameList(quickReplies, actual.quickReplies.map(titleOf)) &&
    isSameList(buttons, listButtons(actual.attachments).map(titleOf)) &&
    isSameList(cards, listCards(actual.attachments)) &&
    (typing === undefined || parseTimeSpan(typing) === actual.typingMs) &&
    (attachments === undefined ||
      (attachments.length === actual.attachments.length &&
        attachments.every((part, index) => isSubset(part, actual.attachments[index]))))
  );
}

function isSameList(expected: readonly string[] | undefined, actual: readonly string[]): boolean {
  return expected === undefined || asTyped(JSON.stringify(expected)) === asTyped(JSON.stringify(actual));
}

function describeExpected(expected: MessageShape): string {
  const { text = '', contains, quickReplies = [], buttons = [], cards = [], attachments = [], typing } = expected;
  return [
    contains === undefined ? text : `… ${contains} …`,
    ...attachments.map((attachment) => `[${JSON.stringify(attachment)}]`),
    ...(cards.length === 0 ? [] : [`[generic: ${cards.join(' | ')}]`]),
    ...[...buttons, ...quickReplies].map((title) => `[${title}]`),
    ...(typing === undefined ? [] : [`(typing ${formatDuration(parseTimeSpan(typing) ?? 0)})`]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function said(text: string): string {
  return `scenario: ${text}`;
}
