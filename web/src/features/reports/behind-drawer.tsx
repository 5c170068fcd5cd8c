import { Drawer } from '@mantine/core';
import { IconMessages, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '../../shared/data/names.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { behindQuery, type Asked, type Definition, type Picked } from './report-data.ts';
import { nameLine } from './report-table.tsx';
import type { WordsOfReports } from './use-words-of-reports.ts';

interface BehindProps {
  definition: Definition;
  asked: Asked;
  picked: Picked | undefined;
  words: WordsOfReports;
  onClose: () => void;
}

/** The conversations behind the number that was picked. */
export function BehindDrawer({ picked, onClose, ...rest }: BehindProps): ReactNode {
  const { t } = useTranslation('reports');
  const title = picked && t('behind', { figure: t(`figures.${picked.figure}.label`) });
  return (
    <Drawer
      opened={picked !== undefined}
      onClose={onClose}
      position="right"
      size={400}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': title } }}
    >
      {picked && <Behind picked={picked} onClose={onClose} {...rest} />}
    </Drawer>
  );
}

function Behind({ definition, asked, picked, words, onClose }: BehindProps & { picked: Picked }): ReactNode {
  const { t } = useTranslation('reports');
  const { t: shared } = useTranslation();
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(
    behindQuery(definition.name, asked, picked),
  );
  const conversations = data?.pages.flatMap(({ items }) => items);
  return (
    <div className="behind">
      <header>
        <div className="grow">
          <h2>{t('behind', { figure: t(`figures.${picked.figure}.label`) })}</h2>
          <p className="xs muted">{picked.line ? nameLine(picked.line, definition, words) : t('total')}</p>
        </div>
        <IconButton icon={IconX} label={shared('app.close')} onClick={onClose} />
      </header>
      <p className="xs muted behind-text">{t(`figures.${picked.figure}.text`)}</p>
      {error && (
        <div className="banner danger" role="alert">
          {error.message}
        </div>
      )}
      {!conversations && !error && <div className="skel behind-skeleton" />}
      {conversations?.length === 0 && <EmptyState icon={IconMessages} title={t('noneBehind')} />}
      <ul className="behind-list">
        {conversations?.map((conversation) => (
          <BehindRow key={conversation.id} conversation={conversation} />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="btn outline" aria-disabled={isFetching} onClick={() => void fetchNextPage()}>
          {t('moreConversations')}
        </button>
      )}
    </div>
  );
}

type Conversation = Parameters<ReturnType<typeof useCustomerName>>[0] & {
  id: string;
  startedAt: string;
  service?: string | undefined;
  segments?: { agent: string }[] | undefined;
};

function BehindRow({ conversation }: { conversation: Conversation }): ReactNode {
  const formats = useFormats();
  const nameOf = useCustomerName();
  const name = nameOf(conversation);
  const { id, startedAt, service, segments = [] } = conversation;
  const agents = [...new Set(segments.map(({ agent }) => agent))];
  return (
    <li>
      <Link to="/records/$id" params={{ id }} className="behind-row">
        <Avatar name={name} size={32} />
        <span className="grow">
          <span className="med clip" dir="auto">
            {name}
          </span>
          <span className="xs muted clip">{[service, ...agents].filter(Boolean).join(' · ')}</span>
        </span>
        <span className="xs muted num nowrap">
          {formats.shortDay(startedAt)}, {formats.time(startedAt)}
        </span>
      </Link>
    </li>
  );
}
