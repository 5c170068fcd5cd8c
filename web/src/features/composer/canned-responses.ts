import { searchCannedResponses } from '../../../../contracts/canned-response.ts';
import type { DeskCannedResponse } from '../../../../contracts/canned-response-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { Suggestion } from './begun.ts';

const KEPT_MS = 60_000;
const MOST = 6;

const loaded = new Map<string, { at: number; items: Promise<DeskCannedResponse[]> }>();

/** Those of the conversation's service and one's own, filled with what is known of it. */
function load(conversationId: string): Promise<DeskCannedResponse[]> {
  const known = loaded.get(conversationId);
  if (known && Date.now() - known.at < KEPT_MS) return known.items;
  const items = call('GET /api/v1/agents/me/canned-responses', { query: { conversationId } }).then(
    (response) => unwrap(response).items,
  );
  items.catch(() => loaded.delete(conversationId));
  loaded.set(conversationId, { at: Date.now(), items });
  return items;
}

/** Canned responses that the words find, best match first. */
export async function findCannedResponses(conversationId: string, words: string): Promise<Suggestion[]> {
  const found = searchCannedResponses(await load(conversationId), words).slice(0, MOST);
  return found.map(({ name, owner, folder, text, filled }) => ({
    key: `${owner} ${name}`,
    title: `/${name}`,
    aside: [folder, owner === 'own' ? t('composer.cannedOwn') : t('composer.cannedShared')].filter(Boolean).join(' · '),
    line: filled?.text ?? text,
    inserted: filled?.text ?? text,
    canned: { name, owner },
  }));
}
