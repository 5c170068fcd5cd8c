import { createHash } from 'node:crypto';

/** Workflow ids are kept in 255 characters by Temporal's SQL schemas. */
const MAX_LENGTH = 240;

/**
 * Id of the one actor of a Page's customer: `messenger:{pageId}:{psid}`. Ids are opaque strings: what could be mistaken
 * for the separator is escaped, and a pair too long for Temporal is hashed.
 */
export function conversationWorkflowId(pageId: string, psid: string): string {
  const id = `messenger:${encodeURIComponent(pageId.toWellFormed())}:${encodeURIComponent(psid.toWellFormed())}`;
  if (id.length <= MAX_LENGTH) return id;
  return `messenger:~${createHash('sha256')
    .update(JSON.stringify([pageId, psid]))
    .digest('hex')}`;
}

/** Id of the dispatcher of a routing group. */
export function dispatcherWorkflowId(group: string): string {
  return `dispatcher:${group}`;
}

/** Id of the actor that looks after a Page's lane. */
export function pageWorkflowId(pageId: string): string {
  return `page:${encodeURIComponent(pageId.toWellFormed())}`.slice(0, MAX_LENGTH);
}
