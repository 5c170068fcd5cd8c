import type { Collection } from 'mongodb';
import { openWindow, type WindowOpener } from '../../contracts/messenger-policy.ts';
import type { ThreadOwnerChange } from '../../contracts/actor-messages.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { LiveNote } from '../../contracts/live-event.ts';
import type { ConversationsRepository } from './conversations-repository.ts';
import type { CustomersRepository } from './customers-repository.ts';
import type { DeliveryLedger } from './delivery-ledger.ts';
import type { FilesRepository } from './files-repository.ts';
import type { PendingChanges } from './pending-changes.ts';
import type { RecordMarks } from './records/record-marks.ts';
import { recordChange } from './record-change.ts';
import type { MessageDocument } from './message-document.ts';
import { messageKey } from '../../contracts/message-key.ts';
import type { PagesRepository } from './pages-repository.ts';

interface RecorderDependencies {
  messages: Collection<MessageDocument>;
  ledger: DeliveryLedger;
  pages: PagesRepository;
  customers: CustomersRepository;
  conversations: ConversationsRepository;
  pendingChanges: PendingChanges;
  marks: Pick<RecordMarks, 'beside'>;
  files: Pick<FilesRepository, 'expireOfMessage'>;
  /** Of what was written, for those who watch. */
  tell: (notes: readonly LiveNote[]) => void;
  now: () => number;
}

/** What recording an event showed about the thread. */
export interface RecordedEvent {
  /** The customer did something that opens the messaging window, at this time. */
  reactedAt?: number;
  thread?: ThreadOwnerChange;
}

/** What the account says of a Page. */
export interface PageRules {
  /** How long a reply in the Page Inbox silences us, in milliseconds; 0: not at all. Until the customer writes where absent. */
  inboxPauseMs?: number;
}

type EventOf<Outcome extends WebhookEvent['outcome']> = Extract<WebhookEvent, { outcome: Outcome }>;
/** An event that names its customer. */
type WithCustomer<Event> = Event & { psid: string };

/**
 * Takes every webhook event that wakes no conversation: echoes, deliveries, reads, reactions, edits, deletions, thread
 * control, standby. Writes are idempotent: Messenger delivers again what it got no 200 for.
 */
export interface EventRecorder {
  recordEvent: (event: WebhookEvent, rules?: PageRules) => Promise<RecordedEvent>;
}

/**
 * Creates the recorder of events that wake no conversation. Every write is a keyed update that may be repeated: delivery statuses
 * and watermarks only move forward, an unknown `mid` is no error.
 */
export function createEventRecorder(deps: RecorderDependencies): EventRecorder {
  return {
    async recordEvent(event, rules = {}) {
      if (event.psid === undefined) return {};
      if (event.outcome === 'echo') return recordEcho(deps, { ...event, psid: event.psid }, rules);
      return recordCustomerEvent(deps, { ...event, psid: event.psid });
    },
  };
}

// oxlint-disable-next-line complexity -- one line for each kind of event
async function recordCustomerEvent(
  deps: RecorderDependencies,
  event: WithCustomer<WebhookEvent>,
): Promise<RecordedEvent> {
  switch (event.outcome) {
    case 'user_message':
    case 'postback':
    case 'referral':
    case 'optin':
      // Seen on standby: another app answers, the transcript keeps it.
      return recordStandby(deps, event);
    case 'delivery':
    case 'read':
      await recordWatermark(deps, event);
      return {};
    case 'reaction':
    case 'unreact':
      await recordChange(deps, event);
      return event.outcome === 'reaction' ? openByAction(deps, event, { kind: 'reaction', at: event.at }) : {};
    case 'edit':
    case 'delete':
      await recordChange(deps, event);
      return {};
    case 'account_link':
    case 'account_unlink':
      await deps.customers.recordLink(event, event.outcome === 'account_link', event.at);
      return {};
    case 'handover_pass':
    case 'handover_take':
      return recordThreadControl(deps, event);
    case 'handover_request':
    case 'handover_roles':
    case 'policy':
    case 'echo':
    case 'ignored':
      return {};
  }
}

/** An echo settles our own part, by metadata, then by `mid`; any other is a message written elsewhere. */
async function recordEcho(
  deps: RecorderDependencies,
  echo: WithCustomer<EventOf<'echo'>>,
  { inboxPauseMs }: PageRules,
): Promise<RecordedEvent> {
  const own = await findOwnPart(deps, echo);
  if (own) {
    await Promise.all([
      deps.ledger.accept(own._id, echo.mid),
      deps.pages.recordOwnEcho(echo.pageId, {
        at: deps.now(),
        ...(own.sendingSince && { sendingSince: own.sendingSince }),
        ...(echo.appId !== undefined && { appId: echo.appId }),
      }),
    ]);
    return {};
  }
  const { appId } = await deps.pages.find(echo.pageId);
  if (appId !== undefined && appId === echo.appId) return {};
  await insertForeign(deps, echo, {
    key: echo.key,
    direction: 'out',
    author: { kind: 'other-app' },
    kind: 'echo',
    attachments: echo.attachments,
    ...(echo.mid !== undefined && { mid: echo.mid }),
    ...(echo.text !== undefined && { text: echo.text }),
  });
  if (inboxPauseMs === 0) return {};
  const pause = inboxPauseMs === undefined ? {} : { pausedUntil: echo.at + inboxPauseMs };
  return recordThreadOwner(deps, echo, { owner: 'other-app', by: 'echo', ...pause });
}

/** Says who has the thread, unless something later is known: Messenger delivers late and again. */
async function recordThreadOwner(
  { customers }: RecorderDependencies,
  { pageId, psid, at }: WithCustomer<WebhookEvent>,
  change: ThreadOwnerChange,
): Promise<RecordedEvent> {
  const thread = { ...change, at };
  return (await customers.recordThreadOwner({ pageId, psid }, thread)) ? { thread } : {};
}

async function findOwnPart(
  { messages }: RecorderDependencies,
  { pageId, psid, metadata, mid, text }: WithCustomer<EventOf<'echo'>>,
): Promise<MessageDocument | null> {
  const thread = { pageId, psid, direction: 'out' as const };
  const byMetadata = metadata === undefined ? null : await messages.findOne({ ...thread, _id: metadata });
  if (byMetadata) return byMetadata;
  const byMid =
    mid === undefined ? null : await messages.findOne({ ...thread, mid, 'author.kind': { $ne: 'other-app' } });
  if (byMid || metadata !== undefined || text === undefined) return byMid;
  // Without metadata, before the answer with its mid was written: the same text under way is ours.
  return messages.findOne({ ...thread, status: 'sending', text });
}

/** It came on standby, so another app has the thread, whether or not we were told; it opens the window all the same. */
async function recordStandby(
  deps: RecorderDependencies,
  event: WithCustomer<EventOf<'user_message' | 'postback' | 'referral' | 'optin'>>,
): Promise<RecordedEvent> {
  if (await isTaken(deps, event)) return {};
  const { key, mid, text, payload, attachments, kind } = event.event;
  await insertForeign(deps, event, {
    key,
    direction: 'in',
    author: { kind: 'customer' },
    kind,
    attachments,
    ...(mid !== undefined && { mid }),
    ...(text !== undefined && { text }),
    ...(payload !== undefined && { payload }),
    isStandby: true,
  });
  const opened = await openByAction(deps, event, event.event);
  return { ...opened, ...(await recordThreadOwner(deps, event, { owner: 'other-app' })) };
}

/** A copy of what one of our conversations has taken, from another body: the thread is ours. */
async function isTaken(
  { messages }: RecorderDependencies,
  { pageId, psid, at, event: { key, kind } }: WithCustomer<EventOf<'user_message' | 'postback' | 'referral' | 'optin'>>,
): Promise<boolean> {
  const ours = { pageId, psid, direction: 'in' as const, isStandby: { $ne: true as const } };
  const same = { $or: [{ _id: messageKey(pageId, psid, key) }, { at: new Date(at), kind }] };
  return (await messages.findOne({ ...ours, ...same }, { projection: { _id: 1 } })) !== null;
}

/** Puts a message that no actor handles into the transcript of the customer's latest conversation. */
async function insertForeign(
  { messages, conversations, marks, tell }: RecorderDependencies,
  { pageId, psid, at }: WithCustomer<WebhookEvent>,
  message: Pick<MessageDocument, 'direction' | 'author' | 'kind' | 'attachments'> &
    Partial<MessageDocument> & { key: string },
): Promise<void> {
  const latest = await conversations.listConversations({ pageId, psid }, { limit: 1 });
  const conversationId = latest.items[0]?.conversationId ?? '';
  const seq = await findForeignSeq(messages, conversationId);
  const fields = { ...message, conversationId, pageId, psid, at: new Date(at), seq };
  // A message of the other direction may carry the same `mid`.
  const key = message.direction === 'out' ? `out:${message.key}` : message.key;
  const _id = messageKey(pageId, psid, key);
  await marks.beside(conversationId, () => messages.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true }));
  if (latest.items.length > 0) return tell([{ type: 'message.added', message: { messageId: _id } }]);
  // The conversation may have been written down since it was looked for.
  const [begun] = (await conversations.listConversations({ pageId, psid }, { limit: 1 })).items;
  if (!begun) return;
  const adopted = { conversationId: begun.conversationId };
  await marks.beside(begun.conversationId, () => messages.updateOne({ _id, conversationId: '' }, { $set: adopted }));
  tell([{ type: 'message.added', message: { messageId: _id } }]);
}

/** Behind what the actor has taken by now: the order of a transcript is the order of taking, by no clock. */
async function findForeignSeq(messages: RecorderDependencies['messages'], conversationId: string): Promise<number> {
  if (conversationId === '') return 0;
  const [last] = await messages
    .find({ conversationId }, { projection: { seq: 1 } })
    .sort({ seq: -1 })
    .limit(1)
    .toArray();
  return last ? Math.floor(last.seq) + 0.5 : 0;
}

async function recordWatermark(
  deps: RecorderDependencies,
  event: WithCustomer<EventOf<'delivery' | 'read'>>,
): Promise<void> {
  const { outcome, pageId, psid, watermark } = event;
  const thread = { pageId, psid, direction: 'out' as const };
  const before = outcome === 'delivery' ? (['accepted'] as const) : (['accepted', 'delivered'] as const);
  // By when it left, not by when it was said: what waited meanwhile has reached nobody by then.
  const upToWatermark = { ...thread, sendingSince: { $lte: new Date(watermark) } };
  const status = outcome === 'delivery' ? ('delivered' as const) : ('read' as const);
  // First: what is accepted in between has it from here.
  await deps.messages.updateMany(
    { ...upToWatermark, status: { $in: ['sending', 'unknown'] }, receipt: { $ne: 'read' } },
    { $set: { receipt: status } },
  );
  const updates = [deps.messages.updateMany({ ...upToWatermark, status: { $in: [...before] } }, { $set: { status } })];
  if (outcome === 'delivery' && event.mids.length > 0) {
    updates.push(
      deps.messages.updateMany({ ...thread, status: 'accepted', mid: { $in: event.mids } }, { $set: { status } }),
    );
  }
  await Promise.all([...updates, deps.customers.recordWatermark({ pageId, psid }, outcome, watermark)]);
  deps.tell([{ type: 'receipt', pageId, psid, status, upTo: watermark }]);
}

/** What a customer did opens the messaging window, also where it wakes nobody. Source: Messenger Platform policy. */
async function openByAction(
  { customers }: RecorderDependencies,
  { pageId, psid, at }: WithCustomer<WebhookEvent>,
  action: WindowOpener,
): Promise<RecordedEvent> {
  const { window } = await customers.find(pageId, psid);
  const opened = openWindow(window, action);
  if (opened) await customers.recordWindow({ pageId, psid }, opened);
  return { reactedAt: at };
}

/** Whatever our own is. Source: Messenger Platform, Conversation Routing; the page on echoes leaves a digit out. */
const PAGE_INBOX_APP_IDS: ReadonlySet<string> = new Set(['263902037430900', '26390203743090']);

/** `take`: another app took the thread from us, or we took it back. `pass`: it was given to the app named, to nobody, or to us. */
async function recordThreadControl(
  deps: RecorderDependencies,
  event: WithCustomer<EventOf<'handover_pass' | 'handover_take'>>,
): Promise<RecordedEvent> {
  const { outcome, newOwnerAppId } = event;
  const { appId } = await deps.pages.find(event.pageId);
  const isNamed = newOwnerAppId !== undefined && appId !== undefined;
  const isInbox = newOwnerAppId !== undefined && PAGE_INBOX_APP_IDS.has(newOwnerAppId);
  const isOurs = isNamed ? newOwnerAppId === appId : outcome === 'handover_pass' && !isInbox;
  return recordThreadOwner(deps, event, { owner: isOurs ? 'ours' : 'other-app' });
}
