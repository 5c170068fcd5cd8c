import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer } from '../features/composer/composer.tsx';
import { Transcript } from '../features/conversation/transcript.tsx';
import { useEvents } from '../features/conversation/use-events.ts';
import { useOwnMode, WatchBar, WhisperBox } from '../features/supervision/watch-bar.tsx';
import { conversationQuery, type ConversationView } from '../shared/data/chats.ts';
import { learnColleagues } from '../shared/data/colleagues.ts';
import { useCustomerName } from '../shared/data/names.ts';
import { Avatar } from '../shared/ui/avatar.tsx';
import { Icon } from '../shared/ui/icon.tsx';
import { NotFoundPage } from './error-pages.tsx';

const nothing = (): void => undefined;

/** A chat as it grows, for a supervisor: reading, whispering to its agent, or in it. */
export function WatchPage(): ReactNode {
  const { id = '' } = useParams({ strict: false });
  const { data: conversation, error } = useQuery(conversationQuery(id));
  if (error) return <NotFoundPage />;
  return conversation ? <Watched key={id} conversation={conversation} /> : <main className="watch" aria-busy />;
}

function Watched({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  const events = useEvents(conversation.id);
  const mode = useOwnMode(conversation);
  const name = nameOf(conversation);
  const { agent, participants, service } = conversation;
  useEffect(() => learnColleagues([agent, ...(participants ?? []).map((each) => each.agent)]), [agent, participants]);
  return (
    <main className="watch" id="main" data-region aria-label={t('supervision.watch.label', { name })}>
      <header className="conv-head">
        <Link
          to="/supervision"
          className="icon-btn md"
          aria-label={t('supervision.watch.back')}
          title={t('supervision.watch.back')}
        >
          <Icon of={IconArrowLeft} size={20} />
        </Link>
        <Avatar name={name} size={36} />
        <div className="grow">
          <h1 className="clip" dir="auto">
            {name}
          </h1>
          <div className="xs muted clip">{[agent?.name, service].filter(Boolean).join(' · ')}</div>
        </div>
      </header>
      <Transcript
        conversation={conversation}
        events={events}
        isReadOnly
        onQuote={nothing}
        onAtEnd={useCallback(nothing, [])}
      />
      {mode === 'coach' && <WhisperBox conversation={conversation} />}
      {(mode === 'join' || mode === 'holder') && <Composer conversation={conversation} />}
      <WatchBar conversation={conversation} mode={mode} onLeft={() => void navigate({ to: '/supervision' })} />
    </main>
  );
}
