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

/** Id of the actor that moves conversations to another version of their scenario. */
export function moveWorkflowId(id: string): string {
  return `move:${id}`;
}

/** The operation of an actor that moves conversations; undefined for every other actor. */
export function moveIdOf(workflowId: string): string | undefined {
  const [kind, rest] = splitOnce(workflowId);
  return kind === 'move' ? rest : undefined;
}

/** What an actor is about, without its customer. */
export interface ActorSubject {
  pageId?: string;
  group?: string;
}

/** Whom an actor with this id serves; nothing where the id is a hash. */
export function subjectOfWorkflow(workflowId: string): ActorSubject {
  const [kind, rest] = splitOnce(workflowId);
  if (kind === 'dispatcher') return { group: rest };
  if (kind === 'move') return {};
  const [page = ''] = rest.split(':');
  if (page === '' || page.startsWith('~')) return {};
  try {
    return { pageId: decodeURIComponent(page) };
  } catch {
    // Cut off in the middle of an escape.
    return {};
  }
}

function splitOnce(id: string): [string, string] {
  const at = id.indexOf(':');
  return [id.slice(0, at), id.slice(at + 1)];
}
