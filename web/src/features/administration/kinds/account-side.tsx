import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { ofKind, useItems } from '../data/items.ts';
import { testQuery, useSendLane } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import { setUpStep, SET_UP_STEPS } from '../model/set-up.ts';
import type { ExtraProps } from '../model/section.ts';

const FACEBOOK_APPS = 'https://developers.facebook.com/apps/';

/** The guide's steps beside the form, as far as they are done, and who uses the account. */
export function AccountSide({ item, values }: ExtraProps): ReactNode {
  const { word } = useWords();
  const lane = useSendLane(item?.name);
  const checks = useQuery(testQuery(item?.name ?? '')).data?.checks;
  const step = setUpStep({ isKept: item !== undefined, values, checks, hasEvents: lane?.lastEventAt !== undefined });
  return (
    <>
      <h2>{step > SET_UP_STEPS ? word('account.setUpDone') : word('account.setUp', { step, count: SET_UP_STEPS })}</h2>
      <ol className="steps">
        {Array.from({ length: SET_UP_STEPS }, (_empty, index) => index + 1).map((number) => (
          <Step key={number} number={number} state={number < step ? 'done' : number === step ? 'now' : 'later'} />
        ))}
      </ol>
      {item && <WhereUsed name={item.name} />}
    </>
  );
}

function Step({ number, state }: { number: number; state: 'done' | 'now' | 'later' }): ReactNode {
  const { word, maybe } = useWords();
  const fields = maybe(`account.steps.s${number}.fields`);
  return (
    <li className={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="n">{state === 'done' ? <Icon of={IconCheck} size={12} /> : number}</span>
      <span>
        <span className="t">{word(`account.steps.s${number}.title`)}</span>
        {state === 'done' && <span className="visually-hidden"> ({word('account.done')})</span>}
        {state === 'now' && (
          <>
            <p>{word(`account.steps.s${number}.text`)}</p>
            {fields !== undefined && <p className="mono secondary pre">{fields.split(' ').join('\n')}</p>}
            {number !== 5 && number !== 6 && (
              <a className="btn sm outline step-link" href={FACEBOOK_APPS} target="_blank" rel="noopener noreferrer">
                {word('account.openFacebook')}
                <Icon of={IconExternalLink} size={14} />
              </a>
            )}
          </>
        )}
      </span>
    </li>
  );
}

function WhereUsed({ name }: { name: string }): ReactNode {
  const { word } = useWords();
  const items = useItems();
  const entry = ofKind(items, 'entry').find(({ document }) => document.account === name);
  const service = ofKind(items, 'service').find(({ document }) => document.account === name);
  return (
    <section className="where-used">
      <h2>{word('account.whereUsed')}</h2>
      <dl className="dl">
        <dt>{word('account.entry')}</dt>
        <dd>
          {entry ? (
            <Link to="/admin/$section/edit/$name" params={{ section: 'entries', name: entry.name }}>
              {entry.name}
            </Link>
          ) : (
            <Link to="/admin/$section/new" params={{ section: 'entries' }} className="t-warn">
              {word('account.noEntry')}
            </Link>
          )}
        </dd>
        {entry && (
          <>
            <dt>{word('account.scenario')}</dt>
            <dd>{entry.document.scenario}</dd>
          </>
        )}
        <dt>{word('account.outbound')}</dt>
        <dd>
          {service ? (
            <Link to="/admin/$section/edit/$name" params={{ section: 'services', name: service.name }}>
              {service.name}
            </Link>
          ) : (
            word('account.nobody')
          )}
        </dd>
      </dl>
    </section>
  );
}
