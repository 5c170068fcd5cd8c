import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import type { AgentLine, QueueLine } from '../../shared/data/overview.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';

/** Who is to take a waiting customer: those of the service first, then who has most room. */
export function AssignDialog({
  line: { conversation },
  agents,
  onClose,
  onAssigned,
}: {
  line: QueueLine;
  agents: readonly AgentLine[];
  onClose: () => void;
  onAssigned: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const name = nameOf(conversation);
  const [chosen, setChosen] = useState<AgentLine>();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const able = agents
    .filter(({ state }) => state !== 'supervising')
    .toSorted((one, other) => rank(other, conversation.service) - rank(one, conversation.service));

  async function assign(): Promise<void> {
    if (!chosen) return;
    setIsBusy(true);
    try {
      const body = { clientId: newClientId(), username: chosen.username };
      unwrap(await call('POST /api/v1/conversations/:id/assign', { params: { id: conversation.id }, body }));
      tell({ kind: 'success', title: t('supervision.assigned', { agent: chosen.name, name }) });
      onAssigned();
      onClose();
    } catch (error) {
      setProblem(reasonOf(error));
      setIsBusy(false);
    }
  }

  return (
    <Dialog
      isOpen
      title={t('supervision.assignTitle', { name })}
      onClose={onClose}
      foot={
        <>
          <button type="button" className="btn outline" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn primary" disabled={!chosen || isBusy} onClick={() => void assign()}>
            {chosen ? t('supervision.assignTo', { name: firstNameOf(chosen.name) }) : t('supervision.assign')}
          </button>
        </>
      }
    >
      <p className="secondary">{able.length > 0 ? t('supervision.assignText') : t('supervision.assignNobody')}</p>
      {problem !== undefined && (
        <p className="t-danger" role="alert">
          {problem}
        </p>
      )}
      <div className="assign-list" role="radiogroup" aria-label={t('supervision.assignTitle', { name })}>
        {able.map((agent) => (
          <label key={agent.username} className={`assign-row ${chosen === agent ? 'on' : ''}`}>
            <input
              type="radio"
              name="assign"
              checked={chosen?.username === agent.username}
              onChange={() => setChosen(agent)}
            />
            <Avatar name={agent.name} size={28} />
            <span className="grow clip med">{agent.name}</span>
            <StateMark state={agent.state} reason={agent.reason} size={14} className="xs" />
            <span className="num muted xs">{t('state.slots', { used: agent.chats, all: agent.slots })}</span>
          </label>
        ))}
      </div>
    </Dialog>
  );
}

const STATE_RANK = { ready: 3, busy: 2, 'after-call-work': 2, 'not-ready': 1, supervising: 0 } as const;

/** Who serves it and is ready, with most room, first. */
function rank({ state, services, chats, slots }: AgentLine, service: string | undefined): number {
  const serves = service !== undefined && services.includes(service) ? 10 : 0;
  return serves + STATE_RANK[state] + (slots > 0 ? (slots - chats) / slots : 0);
}
