import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Transcript } from '../features/conversation/transcript.tsx';
import { useEvents } from '../features/conversation/use-events.ts';
import { readFilters } from '../features/records/record-filters.ts';
import { EvaluationsPane } from '../features/evaluations/evaluations-pane.tsx';
import { Record } from '../features/records/record.tsx';
import { conversationQuery, type ConversationView } from '../shared/data/chats.ts';
import { NotFoundPage } from './error-pages.tsx';

/** One conversation as it is kept: what was said, and what became of it. */
export function RecordPage(): ReactNode {
  const { id = '' } = useParams({ strict: false });
  const search: { tab?: unknown; grade?: unknown } = useSearch({ strict: false });
  const filter = readFilters(search);
  const navigate = useNavigate();
  const { data: conversation, error } = useQuery(conversationQuery(id));
  if (error) return <NotFoundPage />;
  if (!conversation) return <main className="watch" aria-busy />;
  return (
    <Record
      key={id}
      conversation={conversation}
      filter={filter}
      tab={search.tab === 'evaluations' ? 'evaluations' : 'summary'}
      evaluations={
        <EvaluationsPane conversationId={id} {...(typeof search.grade === 'string' && { wanted: search.grade })} />
      }
      transcript={<Said key={id} conversation={conversation} />}
      onBack={() => void navigate({ to: '/records', search: { ...filter } })}
      onOpen={(other) => void navigate({ to: '/records/$id', params: { id: other }, search: { ...filter } })}
    />
  );
}

function Said({ conversation }: { conversation: ConversationView }): ReactNode {
  const events = useEvents(conversation.id);
  return <Transcript conversation={conversation} events={events} isReadOnly />;
}
