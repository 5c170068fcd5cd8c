import type { Referral } from '../../contracts/customer-event.ts';
import { writeMoment } from '../expression/calendar.ts';
import { withVariable, type Variables } from '../expression/variables.ts';
import type { CustomerMessage } from '../machine/scenario-event.ts';

/** What opens a conversation, as far as scenarios read it. */
export interface Opening {
  interactionId: string;
  startedBy: 'message' | 'postback' | 'referral' | 'optin';
  message: Omit<CustomerMessage, 'mid'>;
  referral?: Referral;
  /** Who last talked with this customer, and until when (epoch milliseconds); nothing where nobody has. */
  lastAgent?: { username: string; at: number } | undefined;
}

/** `$(item.…)` as a run begins: the interaction, and its first message. */
export function createItem({ interactionId, startedBy, message, referral, lastAgent }: Opening): Variables {
  const at = writeTime(message.at);
  const { text, payload, attachments } = message;
  return {
    interactionId,
    startedBy,
    startedAt: at,
    message: text ?? payload ?? '',
    payload: payload ?? '',
    attachments,
    at,
    windowClosesAt: '',
    continuationUserId: lastAgent?.username ?? '',
    continuationAt: lastAgent ? writeTime(lastAgent.at) : '',
    ...(referral && { referral }),
  };
}

/**
 * Sets `$(item.message)`, `$(item.payload)`, `$(item.attachments)` and `$(item.at)` to what the customer sent last. Their
 * message opens the window anew, so nothing of its end is known any more.
 */
export function withItem(variables: Variables, message: CustomerMessage): Variables {
  const attachments = message.attachments.map(({ type, url, title, coordinates, stickerId }) => ({
    type,
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(coordinates ? { coordinates } : {}),
    ...(stickerId !== undefined && { stickerId }),
  }));
  const { text, payload = '', at } = message;
  const item = { message: text ?? payload, payload, attachments, at: writeTime(at), windowClosesAt: '' };
  const said = message.referral ? { ...item, referral: message.referral } : item;
  return Object.entries(said).reduce(
    (changed, [name, value]) => withVariable(changed, ['item', name], value),
    variables,
  );
}

/** Sets `$(item.referral)`: by which link, ad or plugin the customer came. It opens the window anew. */
export function withReferral(variables: Variables, referral: Referral): Variables {
  return withVariable(withVariable(variables, ['item', 'referral'], referral), ['item', 'windowClosesAt'], '');
}

/** Sets `$(item.windowClosesAt)`: Messenger's window ends then, within the hour. `until`: epoch milliseconds. */
export function withWindowEnd(variables: Variables, until: number): Variables {
  return withVariable(variables, ['item', 'windowClosesAt'], writeTime(until));
}

/** Milliseconds since 1970 as text, in UTC. */
function writeTime(ms: number): string {
  return writeMoment({ ms, hasTime: true }) ?? '';
}
