import './records.css';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../contracts/privileges.ts';
import { outcomeOf } from '../../../../contracts/record-outcome.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { useMe } from '../../shared/data/session.ts';
import { recordChoicesQuery, recordsQuery, wrapUpsOfQuery, type RecordFilter } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { useCommand } from '../../shared/lib/commands.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { SupervisorTabs } from '../../shared/ui/supervisor-tabs.tsx';
import { TabList } from '../../shared/ui/tab-list.tsx';
import { OutcomeMark } from './outcome-mark.tsx';
import { EventsPane, FilesPane, RoutingPane, SummaryPane } from './record-panes.tsx';
import { RecordHold } from './record-hold.tsx';
import { ReplayPane } from './replay-pane.tsx';
import { Timeline } from './timeline.tsx';

const TABS = ['summary', 'evaluations', 'routing', 'events', 'files', 'replay'] as const;
type TabName = (typeof TABS)[number];
const NONE: never[] = [];

interface Props {
  conversation: ConversationView;
  /** The search that it was found by. */
  filter: RecordFilter;
  transcript: ReactNode;
  /** The pane of its evaluations; another feature's. */
  evaluations: ReactNode;
  /** The tab that is open first. */
  tab: 'summary' | 'evaluations';
  onBack: () => void;
  onOpen: (id: string) => void;
}

/** One conversation as it is kept: who was in it when, what was said, and what became of it. */
export function Record({
  conversation,
  filter,
  transcript,
  evaluations,
  tab: first,
  onBack,
  onOpen,
}: Props): ReactNode {
  const { t } = useTranslation('records');
  const name = useCustomerName()(conversation);
  const nameOf = useColleagueName();
  // Teaches the names of those who are in it.
  useQuery(recordChoicesQuery);
  const wrapUps = useQuery(wrapUpsOfQuery(conversation.id)).data ?? NONE;
  const [tab, setTab] = useState<TabName>(first);
  // What the world answered is read by admins alone.
  const tabs = mayDo(useMe(), 'operate-conversations') ? TABS : TABS.filter((each) => each !== 'replay');
  return (
    <main className="rec" id="main" aria-label={t('page.label', { name })}>
      <div className="sbar" data-region>
        <SupervisorTabs />
        <Neighbours id={conversation.id} filter={filter} onOpen={onOpen} />
      </div>
      <header className="rec-head" data-region>
        <div className="rec-title">
          <IconButton className="md" icon={IconArrowLeft} label={t('back')} onClick={onBack} />
          <Avatar name={name} size={36} />
          <h1 className="clip grow" dir="auto">
            {name}
          </h1>
          <RecordHold conversation={conversation} />
        </div>
        <Facts conversation={conversation} nameOf={nameOf} dispositions={dispositionsOf(conversation, wrapUps)} />
        <Timeline conversation={conversation} wrapUps={wrapUps} nameOf={nameOf} />
      </header>
      <div className={`rec-body ${tab === 'evaluations' ? 'grading' : ''}`}>
        <section className="rec-said" data-region>
          {transcript}
        </section>
        <aside className="rec-side" data-region aria-label={t('page.tabs')}>
          <TabList
            id="record"
            label={t('page.tabs')}
            value={tab}
            tabs={tabs.map((value) => ({ value, label: t(`page.${value}`) }))}
            onChange={setTab}
          />
          <div
            className="rec-pane"
            role="tabpanel"
            id="record-panel"
            aria-labelledby={`record-${tab}-tab`}
            tabIndex={0}
          >
            {tab === 'summary' && <SummaryPane conversation={conversation} wrapUps={wrapUps} nameOf={nameOf} />}
            {tab === 'evaluations' && evaluations}
            {tab === 'routing' && <RoutingPane id={conversation.id} nameOf={nameOf} />}
            {tab === 'events' && <EventsPane id={conversation.id} nameOf={nameOf} />}
            {tab === 'replay' && (
              <ReplayPane id={conversation.id} isRunning={conversation.state !== 'ended'} nameOf={nameOf} />
            )}
            {tab === 'files' && <FilesPane id={conversation.id} />}
          </div>
        </aside>
      </div>
    </main>
  );
}

function dispositionsOf(
  { annotations }: ConversationView,
  wrapUps: readonly { disposition?: string | undefined }[],
): string {
  const names = [...wrapUps.map(({ disposition }) => disposition), annotations?.disposition?.name];
  return [...new Set(names.filter((each) => each !== undefined))].join(', ');
}

/** One before and one behind among those that were found; Ctrl and an arrow go there, too. */
function Neighbours({ id, filter, onOpen }: { id: string } & Pick<Props, 'filter' | 'onOpen'>): ReactNode {
  const { t } = useTranslation('records');
  const query = useInfiniteQuery(recordsQuery(filter));
  const ids = query.data?.pages.flatMap(({ items }) => items.map((item) => item.id)) ?? [];
  const total = query.data?.pages[0]?.total;
  const index = ids.indexOf(id);
  const [before, after] = index === -1 ? [] : [ids[index - 1], ids[index + 1]];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const isLast = index !== -1 && index === ids.length - 1;
  useEffect(() => {
    if (isLast && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isLast, hasNextPage, isFetchingNextPage, fetchNextPage]);
  useCommand('previous-chat', before === undefined ? undefined : () => onOpen(before));
  useCommand('next-chat', after === undefined ? undefined : () => onOpen(after));
  if (index === -1 || !total) return null;
  return (
    <span className="rec-neighbours">
      <span className="muted num hide-phone">
        {t(total.isMore ? 'page.positionMore' : 'page.position', { place: index + 1, count: total.count })}
      </span>
      <IconButton
        className="md"
        icon={IconChevronUp}
        label={t('page.previous')}
        disabled={before === undefined}
        onClick={() => before !== undefined && onOpen(before)}
      />
      <IconButton
        className="md"
        icon={IconChevronDown}
        label={t('page.next')}
        disabled={after === undefined}
        onClick={() => after !== undefined && onOpen(after)}
      />
    </span>
  );
}

const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));

function Facts({
  conversation,
  nameOf,
  dispositions,
}: {
  conversation: ConversationView;
  nameOf: (username: string) => string;
  dispositions: string;
}): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  const { startedAt, endedAt, queuedAt, acceptedAt, service, segments = [], state, endReason } = conversation;
  const agents = [...new Set(segments.map(({ agent }) => nameOf(agent)))].join(', ');
  const surveyScore = conversation.annotations?.surveyResponse?.score;
  const waitedUntil = at(acceptedAt) ?? at(endedAt);
  const [asked, ended] = [at(queuedAt), at(endedAt)];
  const outcome = outcomeOf({
    state,
    endedAt: ended,
    queuedAt: asked,
    acceptedAt: at(acceptedAt),
  });
  const facts: [string, ReactNode][] = [
    [t('fields.service'), service],
    [t('column.agents'), agents],
    [t('fields.disposition'), dispositions],
    [t('column.survey'), surveyScore === undefined ? '' : t('page.score', { score: surveyScore })],
    [t('column.outcome'), <OutcomeMark key="outcome" outcome={outcome} reason={endReason} />],
    [t('page.wait'), asked === undefined || waitedUntil === undefined ? '' : formatDuration(waitedUntil - asked)],
    [t('page.length'), ended === undefined ? '' : formatDuration(ended - Date.parse(startedAt))],
    [
      formats.day(startedAt),
      ended === undefined ? formats.time(startedAt) : `${formats.time(startedAt)} – ${formats.time(ended)}`,
    ],
  ];
  return (
    <dl className="rec-facts">
      {facts.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="med">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
