import type { Attachment, CustomerEvent } from './customer-event.ts';

interface EventPlace {
  /** Page the event belongs to: `entry.id`, whatever sender and recipient say. */
  pageId: string;
  /** The participant that is not the Page; absent where Messenger names none. */
  psid?: string;
  /** Epoch milliseconds; the entry's time, then the time of receipt, where the event has none. */
  at: number;
  /** `standby`: another app owns the thread; for history only. */
  channel: 'messaging' | 'standby' | 'changes';
}

/** What one event of a webhook body means. Outcome names are those of `test/fixtures/payloads/manifest.json`. */
export type WebhookEvent = EventPlace &
  (
    | { outcome: 'user_message' | 'postback' | 'referral' | 'optin'; event: CustomerEvent }
    | {
        outcome: 'echo';
        key: string;
        mid?: string;
        appId?: string;
        /** As sent with the part: our own parts carry their part id here. */
        metadata?: string;
        text?: string;
        attachments: Attachment[];
      }
    | { outcome: 'delivery'; watermark: number; mids: string[] }
    | { outcome: 'read'; watermark: number }
    | { outcome: 'reaction' | 'unreact'; targetMid?: string; emoji?: string; reaction?: string }
    | { outcome: 'edit'; mid?: string; text?: string; editCount?: number }
    | { outcome: 'delete'; mid?: string }
    | { outcome: 'account_link' | 'account_unlink' }
    | { outcome: 'handover_pass' | 'handover_take'; newOwnerAppId?: string; previousOwnerAppId?: string }
    | { outcome: 'handover_request' | 'handover_roles' | 'policy'; reason?: string }
    | { outcome: 'ignored'; reason: string }
  );
