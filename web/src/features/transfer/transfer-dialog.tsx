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

type TargetTab = 'agents' | 'services' | 'scenarios';
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
  const { invite, problem, isBusy } = useInvite(conversation.id, onClose);
  const isTransfer = kind === 'transfer';
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
          <button type="button" className="btn outline" aria-disabled={!canAsk} onClick={() => ask('consult')}>
            {t('transfer.askFirst')}
          </button>
          <button type="button" className="btn primary" aria-disabled={!canAsk} onClick={() => ask(kind)}>
            {isTransfer ? t('transfer.transfer') : t('transfer.join')}
          </button>
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
          { value: 'scenarios', label: t('transfer.scenarios') },
        ]}
        onChange={(chosen) => {
          setTab(chosen);
          setTarget(undefined);
        }}
      />
      <div role="tabpanel" id="transfer-panel" aria-labelledby={`transfer-${tab}-tab`}>
        <TargetList key={tab} tab={tab} targets={targets} chosen={target} onChoose={setTarget} />
      </div>
      <NoteField target={target} note={note} onChange={setNote} />
      {problem !== undefined && (
        <p className="transfer-problem t-danger xs" role="alert">
          {t('transfer.failed', { reason: problem })}
        </p>
      )}
    </Dialog>
  );
}

function NoteField({
  target,
  note,
  onChange,
}: {
  target: Target | undefined;
  note: string;
  onChange: (note: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const isAgent = target?.kind === 'agent';
  const name = firstNameOf(target?.label ?? '');
  return (
    <div className="transfer-note">
      <Field
        label={isAgent ? t('transfer.noteTo', { name }) : t('transfer.noteToPlain')}
        hint={isAgent ? t('transfer.goesAlong', { name }) : t('transfer.goesAlongPlain')}
      >
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

function useInvite(
  id: string,
  onDone: () => void,
): {
  invite: (kind: InvitationKind, target: Target, note: string) => Promise<void>;
  problem: string | undefined;
  isBusy: boolean;
} {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  return {
    problem,
    isBusy,
    async invite(kind, target, note) {
      setIsBusy(true);
      const to =
        target.kind === 'agent'
          ? { agent: target.name }
          : target.kind === 'service'
            ? { service: target.name }
            : { entry: target.name };
      const body = { clientId: newClientId(), kind, to, ...(note.trim() !== '' && { message: note.trim() }) };
      try {
        unwrap(await call('POST /api/v1/conversations/:id/invite', { params: { id }, body }));
        tell({ kind: 'neutral', title: t('transfer.asked', { name: target.label }) });
        onDone();
      } catch (error) {
        setProblem(reasonOf(error));
      } finally {
        setIsBusy(false);
      }
    },
  };
}
