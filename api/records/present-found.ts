import type { FoundRecord } from '../../adapters/mongo/records/search-records.ts';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';
import type { RecordView } from '../../contracts/record-schema.ts';
import { askedWordsOf } from '../../contracts/search-words.ts';
import { isVisible } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findExcerpt } from './find-excerpt.ts';
import { presentRecord } from './present-record.ts';

/**
 * What was found, as it is given to somebody, in its order. The index follows a moment later: what has gone is left out, and so
 * is what is another's by now.
 */
export async function presentFound(
  deps: Pick<AppDependencies, 'configuration' | 'people' | 'watched'>,
  {
    found,
    limits,
    words,
  }: {
    found: readonly FoundRecord[];
    limits: Pick<ConversationFilter, 'visibleTo'>;
    words: string | undefined;
  },
): Promise<RecordView[]> {
  const records = await deps.watched.findConversations(found.map(({ conversationId }) => conversationId));
  const seen = [...records.values()].filter((record) => isVisible(record, limits));
  const [configuration, contacts] = await Promise.all([
    deps.configuration.get(),
    deps.people.contacts.findOfConversations(seen),
  ]);
  const visible = new Set(seen.map(({ conversationId }) => conversationId));
  const asked = new Set(words === undefined ? [] : askedWordsOf(words));
  return found.flatMap((each) => {
    const record = records.get(each.conversationId);
    if (!record || !visible.has(each.conversationId)) return [];
    const contact = contacts.get(each.conversationId);
    const excerpt = findExcerpt(each.said, asked);
    return [presentRecord(configuration, { record, found: each, contact, excerpt })];
  });
}
