import { Menu } from '@mantine/core';
import { IconBellRinging, IconClockPause } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { serverNow } from '../../shared/lib/clock.ts';
import { Icon } from '../../shared/ui/icon.tsx';

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** Whether the chat sleeps: it is put away, and has not come back. */
export function isAsleep({ snooze }: ConversationView): boolean {
  return snooze !== undefined && snooze.woken === undefined;
}

/** Whether its holder may put it away: nobody else talks in it or is asked into it. */
export function canBePutAway({ participants = [], invitation }: ConversationView): boolean {
  return !invitation && participants.every(({ role }) => role === 'monitor' || role === 'coach');
}

function tomorrowMorning(): number {
  const at = new Date(serverNow());
  at.setDate(at.getDate() + 1);
  return at.setHours(MORNING, 0, 0, 0);
}

/** Until when a chat may be put away, one choice each. */
export function SnoozeMenu({ conversation: { id } }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const choices = [
    { label: t('snooze.hours', { count: 1 }), until: () => serverNow() + HOUR_MS },
    { label: t('snooze.hours', { count: 3 }), until: () => serverNow() + 3 * HOUR_MS },
    { label: t('snooze.tomorrow', { time: formats.time(tomorrowMorning()) }), until: tomorrowMorning },
  ];

  async function putAway(until: number): Promise<void> {
    try {
      const body = { clientId: newClientId(), until: new Date(until).toISOString() };
      unwrap(await call('POST /api/v1/conversations/:id/snooze', { params: { id }, body }));
    } catch (error) {
      tellFailure(t('snooze.failed'), error);
    }
  }

  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="icon-btn md" aria-label={t('snooze.label')} title={t('snooze.label')}>
          <Icon of={IconClockPause} size={18} />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('snooze.label')}>
        {choices.map(({ label, until }) => (
          <Menu.Item key={label} onClick={() => void putAway(until())}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Until when the chat sleeps, or why it came back. */
export function SnoozeBar({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useCustomerName();
  const [isBusy, setIsBusy] = useState(false);
  const { id, snooze } = conversation;
  if (!snooze) return null;

  async function goOn(): Promise<void> {
    setIsBusy(true);
    try {
      unwrap(await call('POST /api/v1/conversations/:id/wake', { params: { id }, body: { clientId: newClientId() } }));
    } catch (error) {
      tellFailure(t('snooze.failed'), error);
    } finally {
      setIsBusy(false);
    }
  }

  const note = snooze.note === undefined ? '' : ` ${snooze.note}`;
  if (snooze.woken)
    return (
      <div className="bar" role="status">
        <Icon of={IconBellRinging} size={14} />
        {t(`snooze.woken.${snooze.woken.by}`, { name: firstNameOf(nameOf(conversation)) })}
        {note}
      </div>
    );
  return (
    <div className="bar" role="status">
      <Icon of={IconClockPause} size={14} />
      <span className="grow">
        {t('snooze.asleep', { time: formats.moment(snooze.until), name: firstNameOf(nameOf(conversation)) })}
        {note}
      </span>
      <button type="button" className="btn sm outline" disabled={isBusy} onClick={() => void goOn()}>
        {t('snooze.goOn')}
      </button>
    </div>
  );
}
