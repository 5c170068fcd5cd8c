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
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';

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
  const [reason, setReason] = useState('');
  const [isWhole, setIsWhole] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { id, pageId, psid } = conversation;
  async function place(): Promise<void> {
    const refused = await placeHold(isWhole ? { customer: { pageId, psid } } : { conversationId: id }, reason.trim());
    if (refused !== undefined) return setProblem(refused);
    await client.invalidateQueries(legalHoldsQuery);
    onDone();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void place();
      }}
    >
      <div className="dialog-text col">
        <p>{t('hold.text')}</p>
        <Field label={t('hold.reason')} hint={t('hold.reasonHint')} error={problem}>
          {(field) => (
            <div className="input">
              <input
                {...field}
                dir="auto"
                value={reason}
                maxLength={500}
                onChange={(event) => {
                  setReason(event.target.value);
                  setProblem(undefined);
                }}
              />
            </div>
          )}
        </Field>
        <label className="check-line">
          <input
            type="checkbox"
            className="check-input"
            checked={isWhole}
            onChange={(event) => setIsWhole(event.target.checked)}
          />
          {t('hold.whole')}
        </label>
      </div>
      <div className="dialog-foot">
        <button type="submit" className="btn primary end" disabled={reason.trim() === ''}>
          {t('hold.place')}
        </button>
      </div>
    </form>
  );
}
