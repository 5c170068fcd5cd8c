import { IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mayDo } from '../../../../../contracts/privileges.ts';
import { useMe } from '../../../shared/data/session.ts';
import { call, unwrap } from '../../../shared/client/client.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { itemsQuery, scenariosQuery } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import { firstSteps, type FirstStep } from '../model/first-steps.ts';
import { PageHead } from './page-head.tsx';
import { Troubles } from './troubles.tsx';

const conversationsQuery = {
  queryKey: ['first-conversations'],
  queryFn: async () => unwrap(await call('GET /api/v1/conversations', { query: { limit: 1 } })).items.length,
  refetchInterval: 5000,
};

/** Where administration begins: from an empty installation to the first answered chat, then what needs somebody. */
export function HomePage(): ReactNode {
  const { word } = useWords();
  const me = useMe();
  const isEditor = mayDo(me, 'edit-configuration');
  const items = useQuery({ ...itemsQuery, enabled: isEditor }).data;
  const scenarios = useQuery({ ...scenariosQuery, enabled: isEditor && mayDo(me, 'read-configuration') }).data;
  const seesChats = mayDo(me, 'answer-chats', 'see-team-chats', 'see-all-chats');
  const chats = useQuery({ ...conversationsQuery, enabled: isEditor && seesChats }).data;
  const steps = items && scenarios ? firstSteps({ items, scenarios: scenarios.length, chats: chats ?? 0 }) : [];
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('home.title')} />
      <div className="admin-scroll scroll">
        <div className="home">
          {next && (
            <section>
              <h2>{word('home.first')}</h2>
              <p className="secondary">{word('home.firstText')}</p>
              <ol className="first-steps">
                {steps.map((step, index) => (
                  <FirstStepRow key={step.key} step={step} number={index + 1} isNext={step === next} />
                ))}
              </ol>
            </section>
          )}
          {steps.length > 0 && !next && (
            <p className="row t-success">
              <Icon of={IconCheck} />
              {word('home.ready')}
            </p>
          )}
          {!isEditor && <p className="secondary">{word('home.yours')}</p>}
          {mayDo(me, 'handle-alerts') && <Troubles />}
        </div>
      </div>
    </main>
  );
}

function FirstStepRow({
  step: { key, isDone, section, isNew },
  number,
  isNext,
}: {
  step: FirstStep;
  number: number;
  isNext: boolean;
}): ReactNode {
  const { word } = useWords();
  const state = isDone ? 'done' : isNext ? 'now' : 'later';
  const label = word(`home.steps.${key}.action`);
  return (
    <li className={state} aria-current={isNext ? 'step' : undefined}>
      <span className="n">{isDone ? <Icon of={IconCheck} size={12} /> : number}</span>
      <span className="grow">
        <span className="t">{word(`home.steps.${key}.title`)}</span>
        {isDone && <span className="visually-hidden"> ({word('account.done')})</span>}
        {!isDone && <p className="xs muted">{word(`home.steps.${key}.text`)}</p>}
      </span>
      {!isDone && section !== undefined && (
        <Link
          to={isNew ? '/admin/$section/new' : '/admin/$section'}
          params={{ section }}
          className={`btn sm ${isNext ? 'primary' : 'outline'}`}
        >
          {label}
          <Icon of={IconArrowRight} size={14} />
        </Link>
      )}
    </li>
  );
}
