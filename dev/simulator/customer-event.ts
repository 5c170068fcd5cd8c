import type { CustomerEventWish } from './control-schema.ts';
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
type Wish<Kind extends CustomerEventWish['kind']> = Extract<CustomerEventWish, { kind: Kind }>;

/** Builds what a customer does beside writing. Sources: the webhook events' pages named in docs/simulator.md. */
export function buildCustomerEvent(parties: Parties, wish: CustomerEventWish, { at, mid }: Stamp): BuiltEvent {
  const fromCustomer = { sender: { id: parties.psid }, recipient: { id: parties.pageId }, timestamp: at };
  const fromPage = { sender: { id: parties.pageId }, recipient: { id: parties.psid }, timestamp: at };
  const { content, ...rest } = contentOf(wish, mid);
  return { ...rest, event: { ...(wish.kind === 'inbox-reply' ? fromPage : fromCustomer), ...content } };
}

function contentOf(wish: CustomerEventWish, mid: string): Omit<BuiltEvent, 'event'> & { content: object } {
  switch (wish.kind) {
    case 'reaction':
      return { content: { reaction: reactionOf(wish) }, field: 'message_reactions', isAction: true };
    case 'edit': {
      const content = { message_edit: { mid: wish.mid, text: wish.text, num_edit: 1 } };
      return { content, field: 'message_edits', isAction: false };
    }
    case 'delete':
      return { content: { message: { mid: wish.mid, is_deleted: true } }, field: 'messages', isAction: false };
    case 'referral':
      return { content: { referral: referralOf(wish) }, field: 'messaging_referrals', isAction: true };
    case 'optin':
      return { content: { optin: { ref: wish.ref } }, field: 'messaging_optins', isAction: true };
    case 'account-linking': {
      const content = { account_linking: linkOf(wish) };
      return { content, field: 'messaging_account_linking', isAction: false };
    }
    case 'inbox-reply': {
      const content = { message: { mid, is_echo: true, app_id: INBOX_APP_ID, text: wish.text } };
      return { content, field: 'message_echoes', isAction: false };
    }
    case 'take-thread': {
      const content = { take_thread_control: { previous_owner_app_id: null, new_owner_app_id: wish.appId } };
      return { content, field: 'messaging_handovers', isAction: false };
    }
    case 'give-thread': {
      const content = { pass_thread_control: { previous_owner_app_id: INBOX_APP_ID, new_owner_app_id: null } };
      return { content, field: 'messaging_handovers', isAction: false };
    }
  }
}

function reactionOf({ emoji, mid }: Wish<'reaction'>): object {
  return emoji === undefined ? { mid, action: 'unreact' } : { mid, action: 'react', emoji, reaction: 'other' };
}

function referralOf({ ref, source, adId }: Wish<'referral'>): object {
  return { source, type: 'OPEN_THREAD', ...(ref !== undefined && { ref }), ...(adId !== undefined && { ad_id: adId }) };
}

function linkOf({ authorizationCode: code }: Wish<'account-linking'>): object {
  return code === undefined ? { status: 'unlinked' } : { status: 'linked', authorization_code: code };
}

/** The Page Inbox. Source: Conversation Routing. */
const INBOX_APP_ID = 263_902_037_430_900;
