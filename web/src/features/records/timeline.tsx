import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpView } from '../../../../contracts/wrap-up-schema.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { timelineOf, type TimelineStep } from './timeline-of.ts';

/** The stretches of a conversation, by how long they were; short ones stay wide enough to be read. */
export function Timeline({
  conversation,
  wrapUps,
  nameOf,
}: {
  conversation: ConversationView;
  wrapUps: readonly WrapUpView[];
  nameOf: (username: string) => string;
}): ReactNode {
  const { t } = useTranslation('records');
  const steps = timelineOf(conversation, wrapUps, useNow());
  const whole = steps.reduce((sum, { from, to }) => sum + to - from, 0) || 1;
  const wordOf = ({ kind, name = '' }: TimelineStep): string =>
    ({ scenario: t('page.scenario'), queue: t('page.queue'), agent: nameOf(name), 'wrap-up': t('page.wrapUp') })[kind];
  const offered = conversation.offeredAt === undefined ? undefined : Date.parse(conversation.offeredAt);
  const timeOf = (step: TimelineStep): string => {
    const time = formatDuration(step.to - step.from);
    const isFirst = step.kind === 'agent' && step === steps.find(({ kind }) => kind === 'agent');
    if (step.isOpen) return `${time}, ${t('page.goesOn')}`;
    if (!isFirst || offered === undefined || step.from < offered) return time;
    return t('page.acceptedIn', { time, wait: formatDuration(step.from - offered) });
  };
  const told = steps.map((step) => t('page.step', { name: wordOf(step), time: timeOf(step) })).join(', ');
  return (
    <div className="rec-timeline" role="img" aria-label={t('page.timeline', { steps: told })}>
      {steps.map((step) => (
        <span
          key={`${step.kind} ${step.from} ${step.name ?? ''}`}
          className={`rec-step ${step.kind}`}
          style={{ flexGrow: Math.max(0.06, (step.to - step.from) / whole) }}
          title={`${wordOf(step)} ${timeOf(step)}`}
        >
          {wordOf(step)}
          <small>{timeOf(step)}</small>
        </span>
      ))}
    </div>
  );
}
