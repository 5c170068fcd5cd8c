import './work.css';
import { IconCalendar } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyWorkItem } from '../../../../contracts/own-chat-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';

const PAGE = 50;

/** One's chats of a day, as a table; a row opens its transcript. */
export function WorkTable({
  since,
  until,
  opened,
  onOpen,
}: {
  since: string;
  until: string;
  opened: string | undefined;
  onOpen: (conversation: ConversationView) => void;
}): ReactNode {
  const { t } = useTranslation();
  const work = useInfiniteQuery({
    queryKey: ['my-work', since, until],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await call('GET /api/v1/agents/me/work', {
          query: { since, until, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
  const items = work.data?.pages.flatMap((page) => page.items);
  if (work.error && !items) {
    return (
      <p className="work-note t-danger" role="alert">
        {t('work.failed')}
      </p>
    );
  }
  if (!items) return <div className="work-note" aria-busy="true" aria-label={t('app.loading')} />;
  if (items.length === 0) return <EmptyState icon={IconCalendar} title={t('work.none')} />;
  return (
    <div className="work-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{t('work.customer')}</th>
            <th>{t('work.service')}</th>
            <th>{t('work.state')}</th>
            <th>{t('work.disposition')}</th>
            <th className="r">{t('work.began')}</th>
            <th className="r">{t('work.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <WorkRow
              key={item.conversation.id}
              item={item}
              isOpened={item.conversation.id === opened}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      {work.hasNextPage && (
        <div className="work-note">
          <button
            type="button"
            className="btn sm quiet"
            aria-disabled={work.isFetchingNextPage}
            onClick={() => void work.fetchNextPage()}
          >
            {t('work.more')}
          </button>
        </div>
      )}
    </div>
  );
}

function WorkRow({
  item,
  isOpened,
  onOpen,
}: {
  item: MyWorkItem;
  isOpened: boolean;
  onOpen: (conversation: ConversationView) => void;
}): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useCustomerName();
  const now = useNow();
  const { conversation, stretches, disposition, note } = item;
  const first = stretches[0];
  const isMine = stretches.some(({ to }) => to === undefined);
  const length = stretches.reduce((sum, { from, to }) => sum + (to ? Date.parse(to) : now) - Date.parse(from), 0);
  return (
    <tr aria-selected={isOpened}>
      <td>
        <button type="button" className="btn link" onClick={() => onOpen(conversation)}>
          <span dir="auto">{nameOf(conversation)}</span>
        </button>
      </td>
      <td>{conversation.service ?? conversation.entry ?? ''}</td>
      <td>{isMine ? t('work.goesOn') : conversation.state === 'ended' ? t('work.ended') : t('work.handedOn')}</td>
      <td title={note}>{disposition ?? <span className="muted">{t('work.noDisposition')}</span>}</td>
      <td className="r">{first && formats.time(first.from)}</td>
      <td className="r">{formatDuration(length)}</td>
    </tr>
  );
}
