import {
  IconArrowsLeftRight,
  IconBell,
  IconCircleCheck,
  IconDoorExit,
  IconFlag,
  IconHourglass,
  IconRoute,
  IconUserPlus,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationKind, ParticipantRole } from '../../../../contracts/chat-members.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { useTranscript } from './transcript-context.ts';
import type { TranscriptEvent } from './group-messages.ts';

const ICONS: Readonly<Record<string, TablerIcon>> = {
  queued: IconHourglass,
  'not-queued': IconHourglass,
  accepted: IconCircleCheck,
  rejected: IconBell,
  ignored: IconBell,
  invited: IconUserPlus,
  transferred: IconArrowsLeftRight,
  'transferred-to-scenario': IconRoute,
  joined: IconUserPlus,
  left: IconDoorExit,
  'help-flag': IconFlag,
  ended: IconDoorExit,
};

/** Kinds of events that a transcript shows; the others are told by messages or concern nobody. */
export const SHOWN_EVENTS: readonly string[] = Object.keys(ICONS);

/** Something that happened, centred and small. */
export function EventRow({ event }: { event: TranscriptEvent }): ReactNode {
  const words = useEventWords()(event);
  if (words === '') return null;
  return (
    <div className="sys">
      <Icon of={ICONS[event.type] ?? IconBell} size={14} />
      {words}
    </div>
  );
}

/** What happened, in one sentence. */
function useEventWords(): (event: TranscriptEvent) => string {
  const { t } = useTranslation();
  const nameOf = useColleagueName();
  const { service } = useTranscript();
  return ({ type, data, actor }) => {
    const text = (key: string): string => (typeof data[key] === 'string' ? data[key] : '');
    const name = nameOf(text('agent') || actor.name || '');
    // Who comes into a chat that goes on is told of as such.
    const isInvitation = text('invitationId') !== '';
    const sentences: Readonly<Record<string, () => string>> = {
      queued: () => t('events.queued', { service: service ?? text('group') }),
      'not-queued': () => (text('why') === 'queue-limit' ? t('events.queueFull') : t('events.nobody')),
      accepted: () => (isInvitation ? '' : t('events.accepted', { name })),
      rejected: () => t('events.rejected', { name }),
      ignored: () => t('events.ignored', { name }),
      invited: () =>
        t(`events.invited.${text('kind') as InvitationKind}`, { name, to: nameOfTarget(data['to'], nameOf) }),
      transferred: () => t('events.transferred', { name: nameOf(text('from')), to: nameOf(text('to')) }),
      'transferred-to-scenario': () =>
        t('events.toScenario', { name: nameOf(text('from')), to: text('entry') || text('scenario') }),
      joined: () => t(`events.joinedAs.${text('as') as ParticipantRole}`, { name }),
      left: () => (HANDED_OVER.has(text('cause')) ? '' : t('events.left', { name })),
      'help-flag': () => (data['isRaised'] === true ? t('events.helpWanted', { name }) : ''),
      ended: () => t('events.ended'),
    };
    return sentences[type]?.() ?? '';
  };
}

/** Causes of a leaving that the next event tells better. */
const HANDED_OVER: ReadonlySet<string> = new Set(['Transferred', 'TakenOver']);

/** An agent by name, a service or entry by its own. */
function nameOfTarget(to: unknown, nameOf: (username: string) => string): string {
  const { agent, service, entry } = (to ?? {}) as { agent?: string; service?: string; entry?: string };
  return agent === undefined ? (service ?? entry ?? '') : nameOf(agent);
}
