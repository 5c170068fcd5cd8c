import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, unwrap } from '../../shared/client/client.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';

const pathQuery = (id: string) =>
  queryOptions({
    queryKey: ['events', id, 'path'],
    queryFn: async () =>
      unwrap(await call('GET /api/v1/conversations/:id/events', { params: { id }, query: { limit: 100 } })).items,
    staleTime: 60_000,
  });

/** Steps that say how a conversation came to its agent. */
const STEPS: readonly string[] = [
  'started',
  'queued',
  'rejected',
  'ignored',
  'accepted',
  'transferred',
  'transferred-to-scenario',
];

/** The way of the conversation to where it is now. */
export function PathSection({ id, service }: { id: string; service: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useColleagueName();
  const steps = (useQuery(pathQuery(id)).data ?? []).filter(
    // Who was asked into the chat is no step of how it came here.
    ({ type, data }) => STEPS.includes(type) && data['invitationId'] === undefined,
  );
  if (steps.length === 0) return null;
  return (
    <section className="sect">
      <h3>{t('customer.path')}</h3>
      <ol className="path">
        {steps.map(({ id: key, at, type, data, scenario }, index) => {
          const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
          const words: Readonly<Record<string, string>> = {
            started: t('customer.pathStart', { name: scenario?.name ?? '' }),
            queued: t('customer.pathQueue', { name: service ?? text('group') }),
            rejected: t('events.rejected', { name: nameOf(text('agent')) }),
            ignored: t('events.ignored', { name: nameOf(text('agent')) }),
            accepted: t('events.accepted', { name: nameOf(text('agent')) }),
            transferred: t('events.transferred', { name: nameOf(text('from')), to: nameOf(text('to')) }),
            'transferred-to-scenario': t('events.toScenario', {
              name: nameOf(text('from')),
              to: text('entry') || text('scenario'),
            }),
          };
          return (
            <li key={key} className={index === steps.length - 1 ? 'now' : ''}>
              <time dateTime={at}>{formats.time(at)}</time>
              <span>{words[type]}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
