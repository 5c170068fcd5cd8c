import type { MessagingType } from '../../contracts/messenger-policy.ts';
import type { MediaType } from '../../contracts/outbound-attachment.ts';
import {
  callGraph,
  classifyCall,
  type CallResult,
  type FailedCall,
  type GraphCall,
  type GraphClientOptions,
  type PageCredentials,
  type WithUsage,
} from './graph-call.ts';
import type { GraphError } from './graph-errors.ts';
import { fieldOf, recordOf, textOf } from './json-value.ts';
import { messageBody, type MessageContent } from './message-body.ts';

export interface MessageToSend extends PageCredentials, MessageContent {
  psid: string;
  /** `RESPONSE` where absent. */
  messagingType?: MessagingType;
  /** In whose name and with whose picture the customer sees it; the Page's own where absent. */
  personaId?: string;
}

/** A file on its way to Meta, which gives an id to send it by. `bytes` at most 25 MB. */
export interface FileToUpload {
  type: MediaType;
  bytes: Uint8Array;
  contentType: string;
  fileName: string;
}

export type { PageCredentials } from './graph-call.ts';

export type SendOutcome = FailedCall | (WithUsage & { outcome: 'accepted'; mid: string; recipientId?: string });
type ActionOutcome = FailedCall | (WithUsage & { outcome: 'accepted' });

type IdOutcome = FailedCall | (WithUsage & { outcome: 'accepted'; id: string });

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
  /** Gives the `attachment_id`, good for 90 days. Source: Attachment Upload API. */
  uploadFile: (upload: PageCredentials & { file: FileToUpload }) => Promise<IdOutcome>;
  /** Gives the `persona_id`. Source: Personas API. */
  createPersona: (persona: PageCredentials & { name: string; pictureUrl: string }) => Promise<IdOutcome>;
  fetchProfile: (request: PageCredentials & { psid: string; timeoutMs?: number }) => Promise<ProfileOutcome>;
}

/** Source: Messenger Platform, sender actions. */
export type SenderAction =
  | { type: 'typing_on' | 'typing_off' | 'mark_seen' }
  | { type: 'react'; mid: string; reaction: string }
  | { type: 'unreact'; mid: string };

/** A file may be large and the line slow. */
const UPLOAD_TIMEOUT_MS = 40_000;

/**
 * Creates the client of the Graph API. It never throws for what happens on the way; every outcome is a value.
 * The token goes in the query, as some calls ignore a proof in the body; no URL ever gets into a reason.
 * Source: Messenger Platform, Send API; "Secure Graph API calls" for the proof.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const call = (graphCall: GraphCall): Promise<CallResult> => callGraph(options, graphCall);
  return {
    sendMessage: async (message) => classifySend(await call(messageCall(message))),
    sendAction: async ({ psid, action, ...credentials }) => {
      const body = { recipient: { id: psid }, ...actionBody(action) };
      const outcome = classifyCall(await call({ credentials, path: messagesPath(credentials), body }));
      if ('failed' in outcome) return outcome.failed;
      return { outcome: 'accepted', ...outcome.usage };
    },
    uploadFile: async ({ file, ...credentials }) => {
      const path = `${encodeURIComponent(credentials.pageId)}/message_attachments`;
      const upload = { credentials, path, body: uploadForm(file), timeoutMs: UPLOAD_TIMEOUT_MS };
      return classifyId(await call(upload), 'attachment_id');
    },
    createPersona: async ({ name, pictureUrl, ...credentials }) => {
      const path = `${encodeURIComponent(credentials.pageId)}/personas`;
      return classifyId(await call({ credentials, path, body: { name, profile_picture_url: pictureUrl } }), 'id');
    },
    fetchProfile: async ({ psid, timeoutMs, ...credentials }) => {
      const query = { fields: 'name,first_name,last_name,profile_pic' };
      const profileCall = { credentials, path: encodeURIComponent(psid), query };
      return classifyProfile(await call(timeoutMs === undefined ? profileCall : { ...profileCall, timeoutMs }));
    },
  };
}

function messagesPath({ pageId }: PageCredentials): string {
  return `${encodeURIComponent(pageId)}/messages`;
}

function messageCall({ psid, messagingType, personaId, ...message }: MessageToSend): GraphCall {
  const { pageId, pageToken, appSecret } = message;
  const credentials = { pageId, pageToken, appSecret };
  return {
    credentials,
    path: messagesPath(credentials),
    body: {
      recipient: { id: psid },
      ...(messagingType ?? { messaging_type: 'RESPONSE' }),
      message: messageBody(message),
      ...(personaId !== undefined && { persona_id: personaId }),
    },
  };
}

function actionBody(action: SenderAction): object {
  if (action.type !== 'react' && action.type !== 'unreact') return { sender_action: action.type };
  const payload = {
    message_id: action.mid,
    ...(action.type === 'react' && { reaction: action.reaction }),
  };
  return { sender_action: action.type, payload };
}

function uploadForm({ type, bytes, contentType, fileName }: FileToUpload): FormData {
  const form = new FormData();
  form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
  form.set('filedata', new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
  return form;
}

function classifyId(result: CallResult, field: string): IdOutcome {
  const classified = classifyCall(result);
  if ('failed' in classified) return classified.failed;
  const id = textOf(fieldOf(recordOf(classified.body), field));
  if (id === undefined) return { ...classified.usage, outcome: 'ambiguous', reason: `the answer holds no ${field}` };
  return { ...classified.usage, outcome: 'accepted', id };
}

function classifySend(result: CallResult): SendOutcome {
  const classified = classifyCall(result);
  if ('failed' in classified) return classified.failed;
  const { body, usage } = classified;
  const mid = textOf(fieldOf(recordOf(body), 'message_id'));
  if (mid === undefined) return { ...usage, outcome: 'ambiguous', reason: 'the answer names no message' };
  const recipientId = textOf(fieldOf(recordOf(body), 'recipient_id'));
  return { ...usage, outcome: 'accepted', mid, ...(recipientId !== undefined && { recipientId }) };
}

function classifyProfile(result: CallResult): ProfileOutcome {
  const classified = classifyCall(result);
  if ('failed' in classified) {
    const { failed } = classified;
    if (failed.outcome !== 'refused') return { outcome: 'unavailable', reason: failed.reason };
    return { outcome: 'unavailable', reason: failed.error.operatorMessage, error: failed.error };
  }
  const body = recordOf(classified.body);
  if (body === undefined) return { ...classified.usage, outcome: 'unavailable', reason: 'the answer holds no profile' };
  const profile: CustomerProfile = {};
  const lastName = textOf(fieldOf(body, 'last_name'));
  // Some have a name without parts: it is taken whole, because nobody knows which of its words is which.
  const firstName =
    textOf(fieldOf(body, 'first_name')) ?? (lastName === undefined ? textOf(fieldOf(body, 'name')) : undefined);
  if (firstName !== undefined) profile.firstName = firstName;
  if (lastName !== undefined) profile.lastName = lastName;
  const pictureUrl = textOf(fieldOf(body, 'profile_pic'));
  if (pictureUrl !== undefined) profile.pictureUrl = pictureUrl;
  return { ...classified.usage, outcome: 'found', profile };
}
