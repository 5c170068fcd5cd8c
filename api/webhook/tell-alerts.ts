import { createHash } from 'node:crypto';
import type { AlertRequest } from '../../contracts/alert.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';

/** Names no customer: an alert outlives their erasure. */
function matterKey({ psid, at }: WebhookEvent, said: string): string {
  return createHash('sha256')
    .update(`${psid ?? ''}@${at}${said}`)
    .digest('hex')
    .slice(0, 16);
}

/** What an event says to the operator; undefined for every event that is a conversation's. */
export function alertOf(event: WebhookEvent): AlertRequest | undefined {
  const { pageId, outcome } = event;
  if (outcome !== 'policy' && outcome !== 'handover_request' && outcome !== 'handover_roles') return undefined;
  // Messenger delivers again: time and words make a repeat the same matter.
  const said = event.reason === undefined ? '' : `: ${event.reason}`;
  const matter = { pageId, kind: outcome.replaceAll('_', '-'), key: matterKey(event, said) };
  switch (outcome) {
    case 'policy':
      return {
        ...matter,
        message: `Meta has sent a policy alert about this Page${said}`,
        remedy: 'Open Page settings, Page Quality, and the Support Inbox of the Page.',
      };
    case 'handover_request':
      return {
        ...matter,
        message: `Another app asks for a conversation of this Page${said}`,
        remedy: 'Where it should have it: give it away in the Page Inbox. Nothing was changed.',
      };
    case 'handover_roles':
      return {
        ...matter,
        message: `The roles of apps on this Page have changed${said}`,
        remedy: 'Look at Page settings, Conversation Routing: this app should be the default app.',
      };
  }
}
