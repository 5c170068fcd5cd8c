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
    return message.attachments.flatMap(({ type, url }, index) =>
      url === undefined || !isCopied(type) ? [] : [{ pageId, psid, key: message.key, index, type, url, at, keepDays }],
    );
  });
  await files.request(copies);
}

/** A link that a customer shares, a location or a product is no file of theirs. */
function isCopied(type: string): boolean {
  return !['fallback', 'location', 'template', 'post', 'ig_post', 'appointment_booking'].includes(type);
}
