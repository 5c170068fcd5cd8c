import type { GuardedFetch } from './guarded-fetch.ts';

/** Something an admin has to act on. `remedy`: what to do. No secret, no customer, no text of a message. */
export interface OperatorAlert {
  type: 'page.closed' | 'page.opened';
  pageId: string;
  account?: string;
  code?: number;
  message: string;
  remedy?: string;
  at: string;
}

/** Tells the operator's own system. False: it did not take the alert. */
export type SendAlert = (alert: OperatorAlert) => Promise<boolean>;

/** Posts alerts as JSON to the address of `ATTENDANT_ALERT_WEBHOOK`; without one nobody is told but log and metrics. */
export function createAlertWebhook(url: string | undefined, guardedFetch: GuardedFetch): SendAlert {
  return async (alert) => {
    if (url === undefined) return true;
    const result = await guardedFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alert),
      maxBytes: 1024,
      maxRedirects: 0,
    });
    return result.outcome === 'answered' && result.status < 300;
  };
}
