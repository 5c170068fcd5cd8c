import { IconFile, IconPhoto, IconRoute, IconVideo, IconVolume } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpView } from '../../../../contracts/wrap-up-schema.ts';
import { answersOf, type ConversationView } from '../../shared/data/chats.ts';
import { useMessages } from '../../shared/data/messages.ts';
import { allEventsQuery, routingOfQuery } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Pairs } from '../../shared/ui/pairs.tsx';

type NameOf = (username: string) => string;

/** What the agents said that it came to, what the customer answered, and what it is about. */
export function SummaryPane({
  conversation,
  wrapUps,
  nameOf,
}: {
  conversation: ConversationView;
  wrapUps: readonly WrapUpView[];
  nameOf: NameOf;
}): ReactNode {
  const { t } = useTranslation('records');
  const { account, entry, scenario, labels = [], cases = [] } = conversation;
  const answers = answersOf(conversation);
  const about: [string, ReactNode][] = [
    [t('fields.account'), account],
    [t('fields.entry'), entry],
    [t('fields.scenario'), scenario?.name],
    [t('fields.version'), scenario?.version.slice(0, 12)],
    [t('column.labels'), labels.join(', ')],
  ];
  return (
    <>
      <Pairs pairs={about.filter(([, value]) => value !== undefined && value !== '')} />
      <section>
        <h2>{t('page.wrapUps')}</h2>
        {wrapUps.length === 0 && <p className="muted">{t('page.noWrapUps')}</p>}
        {wrapUps.map((wrapUp) => (
          <WrapUp key={`${wrapUp.agent} ${wrapUp.segment}`} wrapUp={wrapUp} nameOf={nameOf} />
        ))}
      </section>
      <SurveyPart conversation={conversation} />
      {answers.length > 0 && (
        <section>
          <h2>{t('page.answers')}</h2>
          <Pairs pairs={answers} />
        </section>
      )}
      {cases.length > 0 && (
        <section>
          <h2>{t('page.cases')}</h2>
          <ul className="rec-list">
            {cases.map(({ id, number, title }) => (
              <li key={id}>
                <span className="muted num">#{number}</span> {title}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What the customer answered to the survey, and how it ended. */
function SurveyPart({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation('records');
  const response = conversation.annotations?.surveyResponse;
  if (!response) return null;
  const { survey, outcome, score, answers } = response;
  return (
    <section aria-label={t('column.survey')}>
      <h2>
        {t('column.survey')}: <span dir="auto">{survey}</span>
      </h2>
      <p>
        <span className="chip">{t(`surveyOutcomes.${outcome ?? 'open'}`)}</span>{' '}
        {score !== undefined && <span className="med num">{t('page.score', { score })}</span>}
      </p>
      <Pairs pairs={answers.map(({ question, value }) => [question, String(value)])} />
    </section>
  );
}

function WrapUp({ wrapUp, nameOf }: { wrapUp: WrapUpView; nameOf: NameOf }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const { agent, disposition, note, followUpAt, at } = wrapUp;
  return (
    <div className="rec-wrap-up">
      <p>
        <span className="med">{disposition ?? t('none')}</span>{' '}
        <span className="muted xs">
          {t('page.by', { name: nameOf(agent) })}
          {at !== undefined && ` · ${formats.moment(at)}`}
        </span>
      </p>
      {note !== undefined && <p dir="auto">{note}</p>}
      {followUpAt !== undefined && (
        <p className="xs">
          {t('page.followUp')}: {formats.moment(followUpAt)}
        </p>
      )}
    </div>
  );
}

/** Why it was given to whom. */
export function RoutingPane({ id, nameOf }: { id: string; nameOf: NameOf }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const routing = useQuery(routingOfQuery(id)).data;
  if (!routing) return <Loading />;
  if (routing.decisions.length === 0) return <EmptyState icon={IconRoute} title={t('page.noDecisions')} />;
  return (
    <ol className="rec-list">
      {routing.decisions.map(({ at, outcome, agent, reason }) => (
        <li key={`${at} ${outcome} ${agent ?? ''}`}>
          <span className="muted num xs">{formats.time(at)}</span>{' '}
          <span className="med">
            {outcome}
            {agent !== undefined && `: ${nameOf(agent)}`}
          </span>
          <p className="secondary">{reason}</p>
        </li>
      ))}
    </ol>
  );
}

/** Everything that happened, as it was written when it happened. */
export function EventsPane({ id, nameOf }: { id: string; nameOf: NameOf }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const query = useInfiniteQuery(allEventsQuery(id));
  if (!query.data) return <Loading />;
  return (
    <>
      <ol className="rec-list">
        {query.data.pages
          .flatMap(({ items }) => items)
          .map(({ id: eventId, at, type, actor, data }) => (
            <li key={eventId}>
              <span className="muted num xs">{formats.time(at)}</span> <span className="med mono">{type}</span>{' '}
              <span className="muted xs">
                {actor.kind}
                {actor.name !== undefined && ` ${nameOf(actor.name)}`}
              </span>
              <EventData data={data} />
            </li>
          ))}
      </ol>
      {query.hasNextPage && (
        <button type="button" className="btn sm outline" onClick={() => void query.fetchNextPage()}>
          {t('page.loadEvents')}
        </button>
      )}
    </>
  );
}

function EventData({ data }: { data: Record<string, unknown> }): ReactNode {
  const said = Object.entries(data).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return said.length > 0 && <p className="rec-data mono">{said.join(' · ')}</p>;
}

const FILE_ICONS = { image: IconPhoto, video: IconVideo, audio: IconVolume } as const;

/** What was sent beside words, as far as the transcript is loaded. */
export function FilesPane({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const { messages, isLoading } = useMessages(id);
  if (isLoading) return <Loading />;
  const files = messages.flatMap(({ id: messageId, at, attachments }) =>
    attachments.flatMap((attachment, index) => {
      const url = attachment.fileId === undefined ? attachment.url : `/api/v1/files/${attachment.fileId}`;
      return url === undefined ? [] : [{ key: `${messageId} ${index}`, at, url, ...attachment, href: url }];
    }),
  );
  if (files.length === 0) return <EmptyState icon={IconFile} title={t('page.noFiles')} />;
  return (
    <ul className="rec-list">
      {files.map(({ key, at, href, type, title }) => (
        <li key={key}>
          <a className="row" href={href} target="_blank" rel="noreferrer">
            <Icon of={FILE_ICONS[type as keyof typeof FILE_ICONS] ?? IconFile} />
            <span className="clip">{title ?? type}</span>
          </a>
          <span className="muted num xs">{formats.time(at)}</span>
        </li>
      ))}
    </ul>
  );
}

function Loading(): ReactNode {
  const { t } = useTranslation();
  return <div className="skel recs-skeleton" role="status" aria-label={t('app.loading')} />;
}
