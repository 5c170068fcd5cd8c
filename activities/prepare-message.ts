import { truncateText } from '../contracts/split-text.ts';
import { createHash } from 'node:crypto';
import type { FileToUpload, MessageToSend, PageCredentials, SendOutcome } from '../adapters/messenger/graph-client.ts';
import type { SendableAttachment } from '../adapters/messenger/message-body.ts';
import type { Account } from '../adapters/mongo/configuration/configuration-items.ts';
import { MESSENGER_LIMITS } from '../contracts/messenger-limits.ts';
import type { Author, Part } from '../contracts/part.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** What a part needs beside its text, got ready before it is claimed; or why it cannot be got. */
export type Prepared =
  | { isReady: true; extras: Pick<MessageToSend, 'attachment' | 'personaId'> }
  | { isReady: false; outcome: Exclude<SendOutcome, { outcome: 'accepted' }> }
  | { isReady: false; refusal: string };

/** Uploads what lies in our storage, and finds the persona of who speaks. A plain text without personas costs nothing. */
export async function prepareMessage(deps: ActivityDependencies, account: Account, part: Part): Promise<Prepared> {
  const personaId = await findPersona(deps, account, part.author);
  const extras = personaId === undefined ? {} : { personaId };
  const { attachment } = part;
  if (!attachment) return { isReady: true, extras };
  if (!('fileId' in attachment)) return { isReady: true, extras: { ...extras, attachment } };
  const uploaded = await findUpload(deps, account, attachment);
  return uploaded.isReady ? { isReady: true, extras: { ...extras, attachment: uploaded.attachment } } : uploaded;
}

type Uploaded = { isReady: true; attachment: SendableAttachment } | Exclude<Prepared, { isReady: true }>;

/** The id under which Meta has the file, from before or from an upload now; renewed well before its 90 days. */
async function findUpload(
  { readModel: { pageAssets }, files, graph, now }: ActivityDependencies,
  account: Account,
  { fileId, type }: { fileId: string; type: FileToUpload['type'] },
): Promise<Uploaded> {
  const known = await pageAssets.findUpload(account.pageId, fileId);
  if (known && now() - known.uploadedAt.getTime() < MESSENGER_LIMITS.attachmentIdRenewMs) {
    return { isReady: true, attachment: { type, attachmentId: known.attachmentId } };
  }
  const file = await files?.read(fileId);
  if (!file) return { isReady: false, refusal: 'The file is no longer in the attachment storage' };
  if (file.bytes.length > MESSENGER_LIMITS.attachmentBytes) {
    return { isReady: false, refusal: 'The file is larger than the 25 MB that Messenger takes' };
  }
  const outcome = await graph.uploadFile({ ...credentialsOf(account), file: { type, ...file } });
  if (outcome.outcome !== 'accepted') return { isReady: false, outcome: asNotSent(outcome) };
  await pageAssets.rememberUpload(account.pageId, fileId, { attachmentId: outcome.id, at: now() });
  return { isReady: true, attachment: { type, attachmentId: outcome.id } };
}

/** An upload whose outcome is unknown is made again: no customer sees it. */
function asNotSent(
  outcome: Exclude<SendOutcome, { outcome: 'accepted' }>,
): Exclude<SendOutcome, { outcome: 'accepted' }> {
  return outcome.outcome === 'ambiguous' ? { outcome: 'never-left', reason: outcome.reason } : outcome;
}

/**
 * The persona of who speaks, made once for each Page, name and picture: bot and agent look different to the customer.
 * Where Meta makes none the message goes out in the Page's own name; it is not held up for that.
 */
async function findPersona(
  { readModel: { pageAssets }, graph, logger, now }: ActivityDependencies,
  account: Account,
  author: Author,
): Promise<string | undefined> {
  const persona = personaOf(account, author);
  if (!persona) return undefined;
  const key = createHash('sha256')
    .update(JSON.stringify([persona.name, persona.pictureUrl]))
    .digest('hex');
  const known = await pageAssets.findPersona(account.pageId, key);
  if (known) return known.personaId;
  const outcome = await graph.createPersona({ ...credentialsOf(account), ...persona });
  const personaId = outcome.outcome === 'accepted' ? outcome.id : undefined;
  if (personaId === undefined) logger.warn({ pageId: account.pageId, outcome: outcome.outcome }, 'no persona was made');
  await pageAssets.rememberPersona(account.pageId, key, { personaId, at: now() });
  return personaId;
}

function personaOf({ personas }: Account, author: Author): { name: string; pictureUrl: string } | undefined {
  if (author.kind === 'scenario') return personas?.bot;
  if (author.kind !== 'agent' || personas?.agentPictureUrl === undefined || author.name === undefined) return undefined;
  return { name: truncateText(author.name, MESSENGER_LIMITS.personaName), pictureUrl: personas.agentPictureUrl };
}

function credentialsOf({ pageId, pageToken, appSecret }: Account): PageCredentials {
  return { pageId, pageToken, appSecret };
}
