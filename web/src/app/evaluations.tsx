/** The chunk of evaluations: of graders, and of agents who look at their own. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { AssignmentRules } from '../features/evaluations/assignment-rules.tsx';
import { Transcript } from '../features/conversation/transcript.tsx';
import { useEvents } from '../features/conversation/use-events.ts';
import { EvaluationsFrame, type EvaluationsView } from '../features/evaluations/evaluations-frame.tsx';
import { EvaluationsList } from '../features/evaluations/evaluations-list.tsx';
import { ToGrade } from '../features/evaluations/to-grade.tsx';
import { OwnEvaluation } from '../features/evaluations/own-evaluation.tsx';
import { addEvaluationsTexts } from '../features/evaluations/texts.ts';
import { conversationQuery } from '../shared/data/chats.ts';
import { evaluationQuery } from '../shared/data/evaluations.ts';
import { mayDo } from '../../../contracts/privileges.ts';
import { useMe } from '../shared/data/session.ts';
import { NotFoundPage } from './error-pages.tsx';

addEvaluationsTexts();

/** What graders look at. */
const GRADER_VIEWS = ['agents', 'to-grade', 'rules', 'own'] as const satisfies EvaluationsView[];

/** Whoever grades goes to the record, whoever was graded to the evaluation. */
export function EvaluationsPage(): ReactNode {
  const navigate = useNavigate();
  const me = useMe();
  const { takesChats, username } = me;
  const isGrader = mayDo(me, 'grade-chats');
  const [chosen, setView] = useState<EvaluationsView>(isGrader ? 'agents' : 'own');
  const views = isGrader ? GRADER_VIEWS.filter((each) => each !== 'own' || takesChats) : [];
  const grade = ({ id, conversationId }: { id: string; conversationId: string }): void =>
    void navigate({ to: '/records/$id', params: { id: conversationId }, search: { tab: 'evaluations', grade: id } });
  const view = { chosen, views, onChoose: setView };
  if (chosen === 'to-grade')
    return (
      <EvaluationsFrame view={view}>
        <ToGrade me={username} onOpen={grade} />
      </EvaluationsFrame>
    );
  if (chosen === 'rules')
    return (
      <EvaluationsFrame view={view}>
        <AssignmentRules />
      </EvaluationsFrame>
    );
  return (
    <EvaluationsList
      key={chosen}
      whose={chosen}
      view={view}
      onOpen={({ id, conversationId, agent }) =>
        void (agent.username === username
          ? navigate({ to: '/evaluations/$id', params: { id } })
          : navigate({ to: '/records/$id', params: { id: conversationId }, search: { tab: 'evaluations' } }))
      }
    />
  );
}

/** One evaluation of one's own chat. */
export function EvaluationPage(): ReactNode {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const { username } = useMe();
  const { data: evaluation, error } = useQuery(evaluationQuery(id));
  if (error && !evaluation) return <NotFoundPage />;
  if (!evaluation) return <main className="watch" aria-busy />;
  return (
    <OwnEvaluation
      key={id}
      evaluation={evaluation}
      transcript={<Said id={evaluation.conversationId} />}
      isOwn={evaluation.agent.username === username}
      onBack={() => void navigate({ to: '/evaluations' })}
    />
  );
}

function Said({ id }: { id: string }): ReactNode {
  const conversation = useQuery(conversationQuery(id)).data;
  const events = useEvents(id);
  return conversation && <Transcript conversation={conversation} events={events} isReadOnly />;
}
