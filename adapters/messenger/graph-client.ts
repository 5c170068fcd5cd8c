import type { QuickReply } from '../../contracts/part.ts';
import {
  callGraph,
  judgeCall,
  type CallResult,
  type FailedCall,
  type GraphCall,
  type GraphClientOptions,
  type PageCredentials,
  type WithUsage,
} from './graph-call.ts';
import type { GraphError } from './graph-errors.ts';
import { fieldOf, recordOf, textOf } from './json-value.ts';
import { fitQuickReplies } from './policy.ts';

export interface MessageToSend extends PageCredentials {
  psid: string;
  text: string;
  quickReplies: readonly QuickReply[];
  /** Travels as `metadata` and comes back on the echo. */
  partId: string;
}

export type { PageCredentials } from './graph-call.ts';

export type SendOutcome = FailedCall | (WithUsage & { outcome: 'accepted'; mid: string; recipientId?: string });
type ActionOutcome = FailedCall | (WithUsage & { outcome: 'accepted' });

interface CustomerProfile {
  firstName?: string;
  lastName?: string;
  /** Expires after days. */
  pictureUrl?: string;
}

/** `error` is there where Meta answered; a profile that cannot be had is normal. */
type ProfileOutcome =
  | (WithUsage & { outcome: 'found'; profile: CustomerProfile })
  | (WithUsage & { outcome: 'unavailable'; reason: string; error?: GraphError });

export interface GraphClient {
  sendMessage: (message: MessageToSend) => Promise<SendOutcome>;
  sendAction: (action: PageCredentials & { psid: string; action: SenderAction }) => Promise<ActionOutcome>;
  fetchProfile: (request: PageCredentials & { psid: string; timeoutMs?: number }) => Promise<ProfileOutcome>;
}

type SenderAction = 'typing_on' | 'typing_off' | 'mark_seen';

/**
 * Creates the client of the Graph API. It never throws for what happens on the way; every outcome is a value.
 * The token goes in the query, as some calls ignore a proof in the body; no URL ever gets into a reason.
 * Source: Messenger Platform, Send API; "Secure Graph API calls" for the proof.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const call = (graphCall: GraphCall): Promise<CallResult> => callGraph(options, graphCall);
  return {
    sendMessage: async (message) => judgeSend(await call(messageCall(message))),
    sendAction: async ({ psid, action, ...credentials }) => {
      const body = { recipient: { id: psid }, sender_action: action };
      const outcome = judgeCall(await call({ credentials, path: messagesPath(credentials), body }));
      if ('failed' in outcome) return outcome.failed;
      return { outcome: 'accepted', ...outcome.usage };
    },
    fetchProfile: async ({ psid, timeoutMs, ...credentials }) => {
      const query = { fields: 'first_name,last_name,profile_pic' };
      const profileCall = { credentials, path: encodeURIComponent(psid), query };
      return judgeProfile(await call(timeoutMs === undefined ? profileCall : { ...profileCall, timeoutMs }));
    },
  };
}

function messagesPath({ pageId }: PageCredentials): string {
  return `${encodeURIComponent(pageId)}/messages`;
}

function messageCall({ psid, text, quickReplies, partId, ...credentials }: MessageToSend): GraphCall {
  const buttons = fitQuickReplies(quickReplies).map(({ title, payload }) => ({ content_type: 'text', title, payload }));
  return {
    credentials,
    path: messagesPath(credentials),
    body: {
      recipient: { id: psid },
      messaging_type: 'RESPONSE',
      message: { text, ...(buttons.length > 0 && { quick_replies: buttons }), metadata: partId },
    },
  };
}

function judgeSend(result: CallResult): SendOutcome {
  const judged = judgeCall(result);
  if ('failed' in judged) return judged.failed;
  const { body, usage } = judged;
  const mid = textOf(fieldOf(recordOf(body), 'message_id'));
  if (mid === undefined) return { ...usage, outcome: 'ambiguous', reason: 'the answer names no message' };
  const recipientId = textOf(fieldOf(recordOf(body), 'recipient_id'));
  return { ...usage, outcome: 'accepted', mid, ...(recipientId !== undefined && { recipientId }) };
}

function judgeProfile(result: CallResult): ProfileOutcome {
  const judged = judgeCall(result);
  if ('failed' in judged) {
    const { failed } = judged;
    if (failed.outcome !== 'refused') return { outcome: 'unavailable', reason: failed.reason };
    return { outcome: 'unavailable', reason: failed.error.operatorMessage, error: failed.error };
  }
  const body = recordOf(judged.body);
  if (body === undefined) return { ...judged.usage, outcome: 'unavailable', reason: 'the answer holds no profile' };
  const profile: CustomerProfile = {};
  const firstName = textOf(fieldOf(body, 'first_name'));
  if (firstName !== undefined) profile.firstName = firstName;
  const lastName = textOf(fieldOf(body, 'last_name'));
  if (lastName !== undefined) profile.lastName = lastName;
  const pictureUrl = textOf(fieldOf(body, 'profile_pic'));
  if (pictureUrl !== undefined) profile.pictureUrl = pictureUrl;
  return { ...judged.usage, outcome: 'found', profile };
}
