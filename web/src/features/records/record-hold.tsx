import { IconScale } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../contracts/privileges.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { holdOfQuery, legalHoldsQuery, placeHold, releaseHold, type LegalHold } from '../../shared/data/legal-holds.ts';
import { useMe } from '../../shared/data/session.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { OneLineForm } from './one-line-form.tsx';

/** Whether a record is held, for everybody; who may manage holds places and releases them here. */
export function RecordHold({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation('records');
  const mayManage = mayDo(useMe(), 'manage-legal-holds');
  const hold = useQuery(holdOfQuery(conversation.id)).data;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {hold?.isHeld === true && (
        <span className="chip warn">
          <Icon of={IconScale} size={12} />
          {t('hold.mark')}
        </span>
      )}
      {mayManage && hold && (
        <>
          <button type="button" className="btn sm outline" onClick={() => setIsOpen(true)}>
            {t('hold.title')}
          </button>
          <Dialog isOpen={isOpen} title={t('hold.title')} onClose={() => setIsOpen(false)} width={460}>
            <HoldList holds={hold.holds} />
            <HoldForm conversation={conversation} onDone={() => setIsOpen(false)} />
          </Dialog>
        </>
      )}
    </>
  );
}

function HoldList({ holds }: { holds: readonly LegalHold[] }): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const formats = useFormats();
  const [problem, setProblem] = useState<string>();
  async function release(id: string): Promise<void> {
    setProblem(await releaseHold(id));
    await client.invalidateQueries(legalHoldsQuery);
  }
  if (holds.length === 0) return null;
  return (
    <div className="dialog-text">
      {problem !== undefined && (
        <p className="t-danger xs" role="alert">
          {problem}
        </p>
      )}
      <ul className="recs-own">
        {holds.map(({ id, reason, placedBy, placedAt, conversationId }) => (
          <li key={id}>
            <div className="grow">
              <div dir="auto">{reason}</div>
              <div className="xs muted">
                {t(conversationId === undefined ? 'hold.ofCustomer' : 'hold.ofConversation')} · {placedBy},{' '}
                {formats.moment(placedAt)}
              </div>
            </div>
            <button
              type="button"
              className="btn outline sm"
              aria-label={t('hold.releaseOne', { reason })}
              onClick={() => void release(id)}
            >
              {t('hold.release')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function HoldForm({ conversation, onDone }: { conversation: ConversationView; onDone: () => void }): ReactNode {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const { id, pageId, psid } = conversation;
  async function place(reason: string, isWhole: boolean): Promise<string | undefined> {
    const refused = await placeHold(isWhole ? { customer: { pageId, psid } } : { conversationId: id }, reason);
    if (refused !== undefined) return refused;
    await client.invalidateQueries(legalHoldsQuery);
    onDone();
    return undefined;
  }
  return (
    <OneLineForm
      text={t('hold.text')}
      label={t('hold.reason')}
      hintFor={() => t('hold.reasonHint')}
      maxLength={500}
      tick={t('hold.whole')}
      submit={t('hold.place')}
      onSubmit={place}
    />
  );
}
