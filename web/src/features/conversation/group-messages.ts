import type { MessageView } from '../../shared/data/messages.ts';

/** Who speaks in a run of messages. */
type Speaker = 'customer' | 'agent' | 'scenario' | 'other-app';

/** What the transcript shows, from top to bottom. */
export type TranscriptItem =
  | { kind: 'day'; key: string; at: string }
  | {
      kind: 'run';
      key: string;
      speaker: Speaker;
      name: string | undefined;
      username: string | undefined;
      messages: MessageView[];
    }
  | { kind: 'note'; key: string; message: MessageView }
  | { kind: 'removed' | 'referral' | 'optin'; key: string; message: MessageView }
  | { kind: 'event'; key: string; event: TranscriptEvent };

/** Something that happened, as the history tells it. */
export interface TranscriptEvent {
  id: string;
  at: string;
  type: string;
  data: Record<string, unknown>;
  actor: { kind: string; name?: string | undefined };
}

/** A pause this long begins a new run, with its time. */
const PAUSE_MS = 5 * 60_000;

/** Puts messages of one speaker that follow each other into runs, and days and what happened between them. */
export function groupMessages(
  messages: readonly MessageView[],
  events: readonly TranscriptEvent[],
  dayKey: (at: string) => string,
): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  let day = '';
  let nextEvent = 0;

  function beginDay(at: string): void {
    const present = dayKey(at);
    if (present === day) return;
    day = present;
    items.push({ kind: 'day', key: `day-${present}`, at });
  }

  function addEventsUntil(at: string | undefined): void {
    const rest = events.slice(nextEvent);
    for (const event of at === undefined ? rest : rest.filter((each) => each.at <= at)) {
      beginDay(event.at);
      items.push({ kind: 'event', key: event.id, event });
      nextEvent += 1;
    }
  }

  for (const message of messages) {
    addEventsUntil(message.at);
    beginDay(message.at);
    addMessage(items, message);
  }
  addEventsUntil(undefined);
  return items;
}

function addMessage(items: TranscriptItem[], message: MessageView): void {
  const special = specialOf(message);
  if (special) {
    items.push({ kind: special, key: message.id, message });
    return;
  }
  const last = items.at(-1);
  if (last?.kind === 'run' && continues(last, message)) {
    last.messages.push(message);
    return;
  }
  const { kind: speaker, name, username } = message.author;
  items.push({ kind: 'run', key: message.id, speaker, name, username, messages: [message] });
}

function specialOf(message: MessageView): 'removed' | 'referral' | 'optin' | 'note' | undefined {
  if (message.direction === 'internal') return 'note';
  if (message.isDeleted) return 'removed';
  const isBare = !message.text && message.attachments.length === 0 && message.template === undefined;
  if (message.kind === 'referral' && isBare) return 'referral';
  return message.kind === 'optin' && isBare ? 'optin' : undefined;
}

function continues(run: Extract<TranscriptItem, { kind: 'run' }>, { author, at }: MessageView): boolean {
  const last = run.messages.at(-1);
  const isSame = run.speaker === author.kind && run.username === author.username && run.name === author.name;
  return isSame && last !== undefined && Date.parse(at) - Date.parse(last.at) < PAUSE_MS;
}

/** Whether two rows show the same: items are made anew with each message, and thousands of rows stay as they are. */
export function isSameItem(one: TranscriptItem, other: TranscriptItem): boolean {
  if (one.kind === 'run' && other.kind === 'run') {
    return (
      one.messages.length === other.messages.length && one.messages.every((each, at) => each === other.messages[at])
    );
  }
  if (one.kind === 'event' && other.kind === 'event') return one.event === other.event;
  if (one.kind === 'day' || other.kind === 'day') return one.kind === other.kind && one.key === other.key;
  return 'message' in one && 'message' in other && one.kind === other.kind && one.message === other.message;
}
