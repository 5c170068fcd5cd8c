import { isCopied } from '../../contracts/customer-event.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How long copies are kept where the account does not say. */
const DEFAULT_KEEP_DAYS = 90;

/**
 * Asks for copies of the attachments of customers' messages, because Meta's addresses stop working. Durable before the
 * webhook is answered; the copies themselves are made beside.
 */
export async function requestCopies(
  { configuration, files, now }: Pick<AppDependencies, 'configuration' | 'files' | 'now'>,
  events: readonly WebhookEvent[],
): Promise<void> {
  const withFiles = events.flatMap((event) =>
    'event' in event && event.psid !== undefined && event.event.attachments.some(({ url }) => url !== undefined)
      ? [{ pageId: event.pageId, psid: event.psid, message: event.event }]
      : [],
  );
  if (withFiles.length === 0) return;
  const snapshot = await configuration.get();
  const at = now();
  const copies = withFiles.flatMap(({ pageId, psid, message }) => {
    const keepDays = snapshot.accountByPage(pageId)?.attachmentDays ?? DEFAULT_KEEP_DAYS;
    if (keepDays === 0) return [];
    return message.attachments.flatMap((attachment, index) => {
      const { type, url } = attachment;
      // A link, a reel or a product that a customer shares is no file of theirs.
      if (url === undefined || !isCopied(attachment)) return [];
      return [{ pageId, psid, key: message.key, index, type, url, at, keepDays }];
    });
  });
  await files.request(copies);
}
