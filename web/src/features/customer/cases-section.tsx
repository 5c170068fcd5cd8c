import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { conversationQuery, type ConversationView } from '../../shared/data/chats.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** Their open cases, and those that this conversation is about. */
export function CasesSection({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const [isWriting, setIsWriting] = useState(false);
  const { cases = [] } = conversation;
  return (
    <section className="sect">
      <h3 className="sect-h">
        {t('customer.cases')}
        {!isWriting && (
          <button type="button" className="btn sm quiet xs end" onClick={() => setIsWriting(true)}>
            <Icon of={IconPlus} size={12} />
            {t('customer.newCase')}
          </button>
        )}
      </h3>
      {isWriting && <CaseForm conversation={conversation} onDone={() => setIsWriting(false)} />}
      {cases.map(({ id, number, title, status, isOpen }) => (
        <div key={id} className="case-row">
          <span className="muted num">{t('customer.caseNumber', { number })}</span>
          <span className="clip grow" title={title}>
            {title}
          </span>
          <span className={`chip ${isOpen ? 'accent' : ''}`}>{status}</span>
        </div>
      ))}
    </section>
  );
}

function CaseForm({ conversation, onDone }: { conversation: ConversationView; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState('');
  const [clientId] = useState(newClientId);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (title.trim() === '') return;
    try {
      const body = { clientId, title: title.trim(), conversationId: conversation.id };
      unwrap(await call('POST /api/v1/cases', { body }));
      await queryClient.invalidateQueries({ queryKey: conversationQuery(conversation.id).queryKey });
      onDone();
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      tell({ kind: 'danger', title: t('customer.caseFailed', { reason }) });
    }
  }

  return (
    <form className="row" onSubmit={(event) => void submit(event)}>
      <div className="input sm grow">
        <input
          aria-label={t('customer.caseTitle')}
          placeholder={t('customer.caseTitle')}
          autoFocus
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <button type="submit" className="btn sm outline">
        {t('customer.caseCreate')}
      </button>
    </form>
  );
}
