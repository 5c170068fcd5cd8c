import { cutByteRange } from '../../adapters/files/byte-range.ts';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import type { AttachmentFile } from '../../adapters/mongo/files-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import { overseesOthers } from '../../contracts/privileges.ts';
import type { FastifyRequest } from 'fastify';
import { getPrincipal } from '../access.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;
const STORE_DEADLINE_MS = 30_000;
/** What a browser may show as it is; everything else it only saves. SVG can hold scripts. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/|video\/)/;

/** Copies of customers' attachments, for those who may see the conversation; files of our own for everybody who works here. */
export function registerFileRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getFile, async (request, reply) => {
    const { id } = request.params;
    const media = await withDeadline(deps.media.find(id), DEADLINE_MS, 'Collection media');
    const file = media ?? (await findVisibleCopy(deps, request));
    const bytes = await withDeadline(deps.fileStore.get(id), STORE_DEADLINE_MS, 'The file store');
    if (!bytes) throw new AppError('NOT_FOUND');
    // What we sent ourselves says nothing of a customer.
    if (!media) await app.recordCall(request, 'file.read');
    const given = cutByteRange(bytes, request.headers.range);
    const contentType = SHOWN.test(file.contentType ?? '') ? file.contentType : 'application/octet-stream';
    return reply
      .status(given.status)
      .headers(given.headers)
      .type(contentType ?? 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', writeDisposition(file.fileName ?? id))
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'same-origin')
      .header('cache-control', 'private, max-age=3600')
      .send(Buffer.from(given.bytes));
  });
}

/** @throws AppError NOT_FOUND for a copy that there is not, and for one of a conversation that is not the caller's to see */
async function findVisibleCopy(deps: AppDependencies, request: FastifyRequest): Promise<AttachmentFile> {
  const { id } = request.params as { id: string };
  const file = await withDeadline(deps.files.find(id), DEADLINE_MS, 'Collection files');
  if (file?.state !== 'stored') throw new AppError('NOT_FOUND');
  const conversationId = await withDeadline(deps.files.findConversationId(file), DEADLINE_MS, 'The message');
  // Recorded without a conversation (seen on standby): for those who see everything.
  if (conversationId) await getVisibleConversation(deps, getPrincipal(request), conversationId);
  else if (!overseesOthers(getPrincipal(request))) throw new AppError('NOT_FOUND');
  request.auditSubject = { ...auditedCustomer(file), ...(conversationId !== undefined && { conversationId }) };
  return file;
}

/** A name in any script, for those who understand it, and one without for the rest. Source: RFC 6266. */
function writeDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll("'", '%27');
  return `attachment; filename="${plain}"${plain === fileName ? '' : `; filename*=UTF-8''${encoded}`}`;
}
