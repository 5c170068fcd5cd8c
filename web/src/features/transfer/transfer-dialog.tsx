import './transfer.css';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferTargets } from '../../../../contracts/transfer-targets-schema.ts';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { learnColleagues } from '../../shared/data/colleagues.ts';
import { firstNameOf, useCustomerName } from '../../shared/data/names.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { TabList } from '../../shared/ui/tab-list.tsx';
import { TargetList, type Target } from './target-list.tsx';

type TargetTab = 'agents' | 'services' | 'entries' | 'scenarios';
type InvitationKind = 'transfer' | 'consult' | 'conference';

const targetsQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfer-targets', id],
    queryFn: async (): Promise<TransferTargets> => {
      const targets = unwrap(await call('GET /api/v1/conversations/:id/transfer-targets', { params: { id } }));
      learnColleagues(targets.agents);
      return targets;
    },
    staleTime: 0,
    refetchInterval: 5000,
  });

/** Hands the chat over, asks for advice first, or asks somebody in. */
export function TransferDialog({
  conversation,
  kind,
  onClose,
}: {
  conversation: ConversationView;
  kind: 'transfer' | 'conference';
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const targets = useQuery(targetsQuery(conversation.id)).data;
  const [tab, setTab] = useState<TargetTab>('agents');
  const [target, setTarget] = useState<Target>();
  const [note, setNote] = useState('');
  const { invite, handOn, problem, isBusy } = useHandOver(conversation.id, onClose);
  const isTransfer = kind === 'transfer';
  const isToScenario = tab === 'scenarios';
  const canAsk = target !== undefined && !isBusy;
  const ask = (how: InvitationKind): void => {
    if (canAsk) void invite(how, target, note);
  };
  return (
    <Dialog
      isOpen
      title={isTransfer ? t('transfer.title', { name: nameOf(conversation) }) : t('transfer.inviteTitle')}
      onClose={onClose}
      foot={
        <>
          <span className="transfer-foot" />
          {isToScenario ? (
            <button
              type="button"
              className="btn primary"
              aria-disabled={!canAsk}
              onClick={() => canAsk && void handOn(target, note)}
            >
              {t('transfer.toScenario')}
            </button>
          ) : (
            <>
              <button type="button" className="btn outline" aria-disabled={!canAsk} onClick={() => ask('consult')}>
                {t('transfer.askFirst')}
              </button>
              <button type="button" className="btn primary" aria-disabled={!canAsk} onClick={() => ask(kind)}>
                {isTransfer ? t('transfer.transfer') : t('transfer.join')}
              </button>
            </>
          )}
        </>
      }
    >
      <TabList
        id="transfer"
        className="short"
        label={t('transfer.choose')}
        value={tab}
        tabs={[
          { value: 'agents', label: t('transfer.agents') },
          { value: 'services', label: t('transfer.services') },
          // A scenario can be handed the customer, but not asked to join.
          { value: isTransfer ? 'scenarios' : 'entries', label: t('transfer.scenarios') },
        ]}
        onChange={(chosen) => {
          setTab(chosen);
          setTarget(undefined);
        }}
      />
      <div role="tabpanel" id="transfer-panel" aria-labelledby={`transfer-${tab}-tab`}>
        <TargetList key={tab} tab={tab} targets={targets} chosen={target} onChoose={setTarget} />
      </div>
      <NoteField target={target} isToScenario={isToScenario} note={note} onChange={setNote} />
      {problem !== undefined && (
        <p className="transfer-problem t-danger xs" role="alert">
          {isToScenario ? t('transfer.notHanded', { reason: problem }) : t('transfer.failed', { reason: problem })}
        </p>
      )}
    </Dialog>
  );
}

function NoteField({
  target,
  isToScenario,
  note,
  onChange,
}: {
  target: Target | undefined;
  isToScenario: boolean;
  note: string;
  onChange: (note: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const isAgent = target?.kind === 'agent';
  const name = firstNameOf(target?.label ?? '');
  const [label, hint] = isToScenario
    ? [t('transfer.toScenarioNote'), t('transfer.toScenarioAlong')]
    : isAgent
      ? [t('transfer.noteTo', { name }), t('transfer.goesAlong', { name })]
      : [t('transfer.noteToPlain'), t('transfer.goesAlongPlain')];
  return (
    <div className="transfer-note">
      <Field label={label} hint={hint}>
        {(control) => (
          <div className="input area">
            <textarea
              {...control}
              rows={2}
              maxLength={2000}
              dir="auto"
              value={note}
              onChange={(event) => onChange(event.target.value)}
            />
          </div>
        )}
      </Field>
    </div>
  );
}

/** What every way of giving the chat away says. */
function bodyOf(note: string): { clientId: string; message?: string } {
  return { clientId: newClientId(), ...(note.trim() !== '' && { message: note.trim() }) };
}

function useHandOver(
  id: string,
  onDone: () => void,
): {
  /** Asks somebody to take the chat, or to come into it. */
  invite: (kind: InvitationKind, target: Target, note: string) => Promise<void>;
  /** The customer goes on in a scenario. */
  handOn: (target: Target, note: string) => Promise<void>;
  problem: string | undefined;
  isBusy: boolean;
} {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const attempt = async (doIt: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    try {
      await doIt();
      onDone();
    } catch (error) {
      setProblem(reasonOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return {
    problem,
    isBusy,
    invite: (kind, { kind: what, name, label }, note) =>
      attempt(async () => {
        const to = what === 'agent' ? { agent: name } : what === 'service' ? { service: name } : { entry: name };
        const body = { ...bodyOf(note), kind, to };
        unwrap(await call('POST /api/v1/conversations/:id/invite', { params: { id }, body }));
        tell({ kind: 'neutral', title: t('transfer.asked', { name: label }) });
      }),
    handOn: ({ kind: what, name, label }, note) =>
      attempt(async () => {
        const body = { ...bodyOf(note), to: what === 'entry' ? { entry: name } : { scenario: name } };
        unwrap(await call('POST /api/v1/conversations/:id/transfer-to-scenario', { params: { id }, body }));
        tell({ kind: 'neutral', title: t('transfer.handed', { name: label }) });
      }),
  };
}
