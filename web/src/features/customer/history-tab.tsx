import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useContactConversations } from '../../shared/data/contacts.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';

/** Earlier conversations with the person, over all Pages; one of them opens with its transcript. */
export function HistoryTab({
  conversation,
  transcript,
}: {
  conversation: ConversationView;
  /** Draws an earlier conversation, and a way back to the list. */
  transcript: (earlier: ConversationView, onBack: () => void) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState<ConversationView>();
  const { conversations, error, hasMore, isLoadingMore, loadMore } = useContactConversations(conversation.contact?.id);
  const earlier = (conversations ?? []).filter(({ id }) => id !== conversation.id);
  const found = earlier.filter((each) => matches(each, words));
  if (opened) return transcript(opened, () => setOpened(undefined));
  if (error) {
    return (
      <p className="hist-end t-danger" role="alert">
        {t('history.failed')}
      </p>
    );
  }
  if (conversations && earlier.length === 0) {
    return (
      <div className="lone">
        <EmptyState icon={IconHistory} title={t('history.none')} />
      </div>
    );
  }
  return (
    <>
      <div className="hist-search">
        <SearchField label={t('history.search')} words={words} onChange={setWords} look="sm" />
      </div>
      {found.map((each) => (
        <EarlierRow key={each.id} conversation={each} onOpen={() => setOpened(each)} />
      ))}
      {found.length === 0 && earlier.length > 0 && <NoMatch words={words} onClear={() => setWords('')} />}
      {hasMore && (
        <div className="hist-more">
          <button type="button" className="btn sm quiet" aria-disabled={isLoadingMore} onClick={loadMore}>
            {t('history.more')}
          </button>
        </div>
      )}
      {found.length > 0 && !hasMore && <TheEnd conversation={conversation} first={earlier.at(-1)} />}
    </>
  );
}

function matches({ service, entry, agent, annotations, scenario }: ConversationView, words: string): boolean {
  const { disposition, reportingFields, attachedData } = annotations ?? {};
  const values = [
    service,
    entry,
    agent?.name,
    scenario?.name,
    disposition?.name,
    disposition?.comment,
    ...Object.values({ ...reportingFields, ...attachedData }),
  ];
  const text = values.filter(Boolean).join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function EarlierRow({ conversation, onOpen }: { conversation: ConversationView; onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useColleagueName();
  const { service, entry, annotations, startedAt, segments, chatEnd, state } = conversation;
  const agent = segments?.at(-1)?.agent ?? chatEnd?.agent;
  const disposition = annotations?.disposition;
  const score = annotations?.survey?.cs;
  return (
    <button type="button" className="hist" onClick={onOpen}>
      <span className="row">
        <span className="med clip grow">{service ?? entry ?? conversation.account}</span>
        <span className="xs muted num">{formats.shortDay(startedAt)}</span>
      </span>
      <span className="secondary clip">
        {disposition?.name ?? (state === 'ended' ? (conversation.scenario?.name ?? '') : t('history.open'))}
      </span>
      <span className="row xs muted">
        <span>{agent === undefined ? t('history.byScenario') : nameOf(agent)}</span>
        <span className="end num">{score === undefined ? t('history.noSurvey') : t('history.stars', { score })}</span>
      </span>
    </button>
  );
}

function NoMatch({ words, onClear }: { words: string; onClear: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="lone">
      <EmptyState
        icon={IconSearch}
        title={t('history.noMatch', { words })}
        action={
          <button type="button" className="btn outline" onClick={onClear}>
            {t('history.clear')}
          </button>
        }
      />
    </div>
  );
}

function TheEnd({
  conversation,
  first,
}: {
  conversation: ConversationView;
  first: ConversationView | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useCustomerName();
  if (!first) return null;
  return (
    <p className="xs muted hist-end">
      {t('history.all', { name: firstNameOf(nameOf(conversation)), day: formats.day(first.startedAt) })}
    </p>
  );
}
