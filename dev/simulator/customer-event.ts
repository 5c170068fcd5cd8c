import type { CustomerEventRequest } from './control-schema.ts';
import type { Parties } from './webhook-body.ts';

/** An event in Meta's form and the webhook field it belongs to. `isAction`: it opens the messaging window. */
interface BuiltEvent {
  event: object;
  field: string;
  isAction: boolean;
}

interface Stamp {
  at: number;
  mid: string;
}
type EventRequest<Kind extends CustomerEventRequest['kind']> = Extract<CustomerEventRequest, { kind: Kind }>;

/** Builds what a customer does beside writing. Sources: the webhook events' pages named in docs/simulator.md. */
export function buildCustomerEvent(
  parties: Parties,
  eventRequest: CustomerEventRequest,
  { at, mid }: Stamp,
): BuiltEvent {
  const fromCustomer = { sender: { id: parties.psid }, recipient: { id: parties.pageId }, timestamp: at };
  const fromPage = { sender: { id: parties.pageId }, recipient: { id: parties.psid }, timestamp: at };
  const { content, ...rest } = contentOf(eventRequest, mid);
  return { ...rest, event: { ...(eventRequest.kind === 'inbox-reply' ? fromPage : fromCustomer), ...content } };
}

function contentOf(eventRequest: CustomerEventRequest, mid: string): Omit<BuiltEvent, 'event'> & { content: object } {
  switch (eventRequest.kind) {
    case 'reaction':
      return { content: { reaction: reactionOf(eventRequest) }, field: 'message_reactions', isAction: true };
    case 'edit': {
      const content = { message_edit: { mid: eventRequest.mid, text: eventRequest.text, num_edit: 1 } };
      return { content, field: 'message_edits', isAction: false };
    }
    case 'delete':
      return { content: { message: { mid: eventRequest.mid, is_deleted: true } }, field: 'messages', isAction: false };
    case 'referral':
      return { content: { referral: referralOf(eventRequest) }, field: 'messaging_referrals', isAction: true };
    case 'optin':
      return { content: { optin: { ref: eventRequest.ref } }, field: 'messaging_optins', isAction: true };
    case 'account-linking': {
      const content = { account_linking: linkOf(eventRequest) };
      return { content, field: 'messaging_account_linking', isAction: false };
    }
    case 'inbox-reply': {
      const content = { message: { mid, is_echo: true, app_id: INBOX_APP_ID, text: eventRequest.text } };
      return { content, field: 'message_echoes', isAction: false };
    }
    case 'take-thread': {
      const content = { take_thread_control: { previous_owner_app_id: null, new_owner_app_id: eventRequest.appId } };
      return { content, field: 'messaging_handovers', isAction: false };
    }
    case 'give-thread': {
      const content = { pass_thread_control: { previous_owner_app_id: INBOX_APP_ID, new_owner_app_id: null } };
      return { content, field: 'messaging_handovers', isAction: false };
    }
  }
}

function reactionOf({ emoji, mid }: EventRequest<'reaction'>): object {
  return emoji === undefined ? { mid, action: 'unreact' } : { mid, action: 'react', emoji, reaction: 'other' };
}

function referralOf({ ref, source, adId }: EventRequest<'referral'>): object {
  return { source, type: 'OPEN_THREAD', ...(ref !== undefined && { ref }), ...(adId !== undefined && { ad_id: adId }) };
}

function linkOf({ authorizationCode: code }: EventRequest<'account-linking'>): object {
  return code === undefined ? { status: 'unlinked' } : { status: 'linked', authorization_code: code };
}

/** The Page Inbox. Source: Conversation Routing. */
const INBOX_APP_ID = 263_902_037_430_900;
