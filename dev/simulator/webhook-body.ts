import type { QueuedEvent, SimulatedAttachment, ThreadMessage } from './simulator-record.ts';

/** Who an event is between. */
export interface Parties {
  pageId: string;
  psid: string;
}

interface EntryContent {
  pageId: string;
  time: number;
  events: readonly QueuedEvent[];
}

/**
 * Writes a webhook body as Meta does: everything but ASCII as `\uXXXX` and each `/` as `\/`. Whoever signs a body
 * parsed and written again gets another signature.
 * Source: Messenger Platform, webhooks; body signed by Meta in messenger-platform-go-sdk's tests.
 */
export function writeWebhookBody({ pageId, time, events }: EntryContent): Buffer {
  const of = (channel: QueuedEvent['channel']): object[] =>
    events.filter((queued) => queued.channel === channel).map((queued) => queued.event);
  const messaging = of('messaging');
  const standby = of('standby');
  const entry = {
    id: pageId,
    time,
    ...(messaging.length > 0 && { messaging }),
    ...(standby.length > 0 && { standby }),
  };
  const json = JSON.stringify({ object: 'page', entry: [entry] });
  return Buffer.from(json.replaceAll('/', String.raw`\/`).replaceAll(/[\u0080-\uffff]/g, escapeUnit));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The event of a customer's message. */
export function messageEvent(parties: Parties, message: ThreadMessage): object {
  const { mid, text, payload, attachments } = message;
  return {
    ...fromCustomer(parties),
    timestamp: message.at,
    message: {
      mid,
      ...(text !== undefined && { text }),
      ...(payload !== undefined && { quick_reply: { payload } }),
      ...(attachments !== undefined && { attachments: attachments.map(toMetaAttachment) }),
    },
  };
}

/** The event of a button the customer pressed. */
export function postbackEvent(parties: Parties, { mid, at, text, payload }: ThreadMessage): object {
  return { ...fromCustomer(parties), timestamp: at, postback: { mid, title: text, payload } };
}

/** The echo of a message the Page sent: sender and recipient are the other way round. */
export function echoEvent(parties: Parties, message: ThreadMessage, appId: string): object {
  const { mid, text, metadata } = message;
  return {
    sender: { id: parties.pageId },
    recipient: { id: parties.psid },
    timestamp: message.at,
    message: {
      mid,
      is_echo: true,
      app_id: Number(appId),
      ...(metadata !== undefined && { metadata }),
      ...(text !== undefined && { text }),
    },
  };
}

/** The event that a message reached the customer's device; Meta gives it no timestamp. */
export function deliveryEvent(parties: Parties, message: ThreadMessage): object {
  return { ...fromCustomer(parties), delivery: { mids: [message.mid], watermark: message.at } };
}

/** The event that the customer has seen everything up to a time. */
export function readEvent(parties: Parties, at: number): object {
  return { ...fromCustomer(parties), timestamp: at, read: { watermark: at } };
}

function fromCustomer({ pageId, psid }: Parties): object {
  return { sender: { id: psid }, recipient: { id: pageId } };
}

function toMetaAttachment({ type, url, title, coordinates, stickerId }: SimulatedAttachment): object {
  return {
    type,
    ...(title !== undefined && { title }),
    payload: {
      ...(url !== undefined && { url }),
      ...(coordinates !== undefined && { coordinates }),
      ...(stickerId !== undefined && { sticker_id: stickerId }),
    },
  };
}
