import { isSubset } from './is-subset.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import { describeMessage, listButtons, type SaidMessage } from './said-message.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { ExpectedMessage } from './test-file-schema.ts';

/**
 * Takes the expected messages off the unread ones, in order.
 * @throws StepMismatch at the first that is another one, or missing
 */
export function readMessages(unread: SaidMessage[], expected: readonly ExpectedMessage[]): void {
  for (const [index, message] of expected.entries()) {
    const actual = unread.shift();
    if (actual && isExpected(toShape(message), actual)) continue;
    const rest = actual ? [actual, ...unread] : [];
    throw new StepMismatch('The scenario does not say what the test expects.', {
      expected: expected.slice(index).map((line) => said(describeExpected(toShape(line)))),
      actual: rest.length === 0 ? ['(nothing)'] : rest.map(sayMessage),
    });
  }
}

/** A message as a difference shows it. */
export function sayMessage(message: SaidMessage): string {
  const typing = message.typingMs === undefined ? '' : ` (typing ${message.typingMs}ms)`;
  return said(`${describeMessage(message)}${typing}`);
}

type MessageShape = Exclude<ExpectedMessage, string>;

function toShape(message: ExpectedMessage): MessageShape {
  return typeof message === 'string' ? { text: message } : message;
}

function isExpected(expected: MessageShape, actual: SaidMessage): boolean {
  const { text, contains, quickReplies, buttons, attachments, typing } = expected;
  return (
    (text === undefined || text === actual.text) &&
    (contains === undefined || describeMessage(actual).includes(contains)) &&
    isSameList(quickReplies, titlesOf(actual.quickReplies)) &&
    isSameList(buttons, titlesOf(listButtons(actual.attachments))) &&
    (typing === undefined || parseTimeSpan(typing) === actual.typingMs) &&
    (attachments === undefined ||
      (attachments.length === actual.attachments.length &&
        attachments.every((part, index) => isSubset(part, actual.attachments[index]))))
  );
}

function isSameList(expected: readonly string[] | undefined, actual: readonly string[]): boolean {
  return expected === undefined || JSON.stringify(expected) === JSON.stringify(actual);
}

function titlesOf(buttons: readonly { title: string }[]): string[] {
  return buttons.map(({ title }) => title);
}

function describeExpected(expected: MessageShape): string {
  const { text = '', contains, quickReplies = [], buttons = [], attachments = [], typing } = expected;
  return [
    contains === undefined ? text : `… ${contains} …`,
    ...attachments.map((attachment) => `[${JSON.stringify(attachment)}]`),
    ...[...buttons, ...quickReplies].map((title) => `[${title}]`),
    ...(typing === undefined ? [] : [`(typing ${typing})`]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function said(text: string): string {
  return `scenario: ${text}`;
}
