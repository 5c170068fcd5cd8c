import { IconFlagFilled, IconHourglass, IconMessages, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useColleagueName } from '../../shared/data/colleagues.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { SnoozeBar } from './snooze.tsx';

/** Who of ours is in the chat beside me, who is being asked, and what can be done about it. */
export function MemberBar({ conversation }: { conversation: ConversationView }): ReactNode {
  const { username } = useMe();
  const { participants = [], invitation, helpFlag, agent } = conversation;
  const others = participants.filter((each) => each.agent.username !== username);
  const isHolder = agent?.username === username;
  const own = participants.find((each) => each.agent.username === username);
  return (
    <>
      {isHolder && <SnoozeBar conversation={conversation} />}
      {helpFlag && <FlagBar reason={helpFlag.reason} />}
      {invitation && <InvitationBar conversation={conversation} invitation={invitation} />}
      {own?.role === 'consulted' && <ConsultedBar />}
      {isHolder &&
        others.map(({ agent: { username: other, name }, role }) =>
          role === 'consulted' ? (
            <ConsultBar key={other} id={conversation.id} name={name} />
          ) : (
            role === 'member' && <WithBar key={other} name={name} />
          ),
        )}
      {!isHolder && own && agent && <WithBar name={agent.name} />}
    </>
  );
}

function FlagBar({ reason }: { reason: string | undefined }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="bar flagged" role="status">
      <Icon of={IconFlagFilled} size={14} />
      <span className="grow">
        {t('conversation.flagged')}
        {reason !== undefined && `: ${reason}`}
      </span>
    </div>
  );
}

function WithBar({ name }: { name: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="bar">
      <Icon of={IconUsers} size={14} />
      {t('conversation.with', { names: name })}
    </div>
  );
}

function ConsultedBar(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="bar">
      <Icon of={IconMessages} size={14} />
      {t('conversation.consulting')}
    </div>
  );
}

function InvitationBar({
  conversation,
  invitation,
}: {
  conversation: ConversationView;
  invitation: NonNullable<ConversationView['invitation']>;
}): ReactNode {
  const { t } = useTranslation();
  const { username } = useMe();
  const nameOf = useColleagueName();
  const run = useRun();
  const { to, offeredTo, by } = invitation;
  const asked = offeredTo ?? to.agent;
  const name = asked === undefined ? (to.service ?? to.entry ?? '') : nameOf(asked);
  const request = { params: { id: conversation.id }, body: { clientId: newClientId() } };
  return (
    <div className="bar" role="status">
      <Icon of={IconHourglass} size={14} />
      <span className="grow">{t('conversation.asked', { name })}</span>
      {by.username === username && (
        <button
          type="button"
          className="btn sm outline"
          onClick={() => run(async () => unwrap(await call('POST /api/v1/conversations/:id/invite/cancel', request)))}
        >
          {t('conversation.cancelAsking')}
        </button>
      )}
    </div>
  );
}

function ConsultBar({ id, name }: { id: string; name: string }): ReactNode {
  const { t } = useTranslation();
  const run = useRun();
  const finish = (outcome: 'transfer' | 'conference' | 'return'): void =>
    run(async () =>
      unwrap(
        await call('POST /api/v1/conversations/:id/finish-consult', {
          params: { id },
          body: { clientId: newClientId(), outcome },
        }),
      ),
    );
  return (
    <div className="bar">
      <Icon of={IconMessages} size={14} />
      <span className="grow">{t('conversation.consultWith', { name })}</span>
      <button type="button" className="btn sm outline" onClick={() => finish('transfer')}>
        {t('conversation.finishTransfer')}
      </button>
      <button type="button" className="btn sm outline" onClick={() => finish('conference')}>
        {t('conversation.finishConference')}
      </button>
      <button type="button" className="btn sm quiet" onClick={() => finish('return')}>
        {t('conversation.finishReturn')}
      </button>
    </div>
  );
}

/** Does something once at a time, and tells why where it is refused. */
function useRun(): (act: () => Promise<unknown>) => void {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  return (act) => {
    if (isBusy) return;
    setIsBusy(true);
    act()
      .catch((error: unknown) => tellFailure(t('errors.unknown'), error))
      .finally(() => setIsBusy(false));
  };
}
