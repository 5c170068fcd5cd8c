import { splitText } from '../../contracts/split-text.ts';
import type { StoredConversation, StoredMessage } from '../../contracts/stored-conversation-schema.ts';
import type { Effect } from '../machine/effect.ts';

/** One message as the customer gets it, in the form in which it can be compared. */
export interface SaidPart {
  text: string;
  attachment?: unknown;
  quickReplies: readonly string[];
}

/** The parts of a message as the workflow sends them: texts first, then attachments; quick replies with the last. */
export function toParts(effect: Extract<Effect, { kind: 'send-message' }>): SaidPart[] {
  const contents: Omit<SaidPart, 'quickReplies'>[] = [
    ...splitText(effect.text).map((text) => ({ text })),
    ...(effect.attachments ?? []).map((attachment) => ({ text: '', attachment })),
  ];
  const titles = effect.quickReplies.map(({ title }) => title);
  return contents.map((part, index) => ({ ...part, quickReplies: index === contents.length - 1 ? titles : [] }));
}

/** What the scenario itself said then; the entry's words to customers who fall silent are not the scenario's. */
export function listSaid({ messages, openedWith }: StoredConversation): (SaidPart & { status: string | undefined })[] {
  const entryTexts = new Set(openedWith?.inactivityTexts);
  return messages.filter((message) => isScenarios(message) && !entryTexts.has(message.text ?? '')).map(toSaid);
}

function isScenarios({ direction, author }: StoredMessage): boolean {
  return direction === 'out' && author === 'scenario';
}

function toSaid({
  text = '',
  attachments,
  quickReplies = [],
  status,
}: StoredMessage): ReturnType<typeof listSaid>[number] {
  const [attachment] = attachments;
  return { text, quickReplies, status, ...(attachment !== undefined && { attachment }) };
}

export function isSamePart(one: SaidPart, other: SaidPart): boolean {
  return (
    one.text === other.text &&
    one.quickReplies.join('\n') === other.quickReplies.join('\n') &&
    inOrder(one.attachment) === inOrder(other.attachment)
  );
}

/** A part as a report shows it. */
export function showPart({ text, attachment, quickReplies }: SaidPart): string {
  const shown = attachment === undefined ? [] : [`[${String((attachment as { type?: unknown }).type)}]`];
  return [...(text === '' ? [] : [text]), ...shown, ...quickReplies.map((title) => `[${title}]`)].join(' ');
}

/** JSON with keys in order: a database may give them back in another. */
export function inOrder(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
