/** Key of a message across Pages and customers: the same `mid` may come for two of them. */
export function messageKey(pageId: string, psid: string, key: string): string {
  return `${escapeColon(pageId)}:${escapeColon(psid)}:${key}`;
}

/** Key of one customer of one Page. */
export function customerKey(pageId: string, psid: string): string {
  return `${escapeColon(pageId)}:${escapeColon(psid)}`;
}

function escapeColon(id: string): string {
  return id.replaceAll('%', '%25').replaceAll(':', '%3A');
}
