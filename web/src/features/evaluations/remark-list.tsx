import { IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationRemark } from '../../../../contracts/evaluation.ts';
import { useMessages } from '../../shared/data/messages.ts';
import { showRemarks } from '../../shared/data/remarks.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';

/** Comments on single messages: each bears the number that stands at its message in the transcript. */
export function RemarkList({
  conversationId,
  remarks,
  onChange,
}: {
  conversationId: string;
  remarks: readonly EvaluationRemark[];
  /** Absent: they are shown only. */
  onChange?: ((remarks: EvaluationRemark[]) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation('evaluations');
  const { messages } = useMessages(conversationId);
  const list = useRef<HTMLOListElement>(null);
  const now = useRef({ remarks, onChange });
  now.current = { remarks, onChange };
  const canWrite = onChange !== undefined;
  const add = useCallback((messageId: string) => {
    const { remarks: all, onChange: write } = now.current;
    const index = all.findIndex((each) => each.messageId === messageId);
    if (index === -1) write?.([...all, { messageId, text: '' }]);
    const place = index === -1 ? all.length : index;
    requestAnimationFrame(() => list.current?.querySelectorAll('textarea')[place]?.focus());
  }, []);
  const ids = remarks.map(({ messageId }) => messageId).join('\n');
  useEffect(() => {
    showRemarks(ids === '' ? [] : ids.split('\n'), canWrite ? add : undefined);
    return () => showRemarks([]);
  }, [ids, canWrite, add]);

  if (remarks.length === 0 && !canWrite) return null;
  return (
    <section className="eval-part" aria-label={t('remarks')}>
      <h3>{t('remarks')}</h3>
      {remarks.length === 0 && <p className="xs muted">{t('remarksHint')}</p>}
      <ol className="eval-remarks" ref={list}>
        {remarks.map(({ messageId, text }, index) => (
          <li key={messageId}>
            <span className="remark-number" aria-hidden>
              {index + 1}
            </span>
            <div className="grow">
              <q className="xs secondary clip" dir="auto">
                {messages.find((message) => message.id === messageId)?.text ?? '…'}
              </q>
              {onChange ? (
                <span className="input area">
                  <textarea
                    rows={2}
                    dir="auto"
                    maxLength={4000}
                    aria-label={t('remark', { number: index + 1 })}
                    value={text}
                    onChange={({ target }) =>
                      onChange(remarks.map((each, at) => (at === index ? { ...each, text: target.value } : each)))
                    }
                  />
                </span>
              ) : (
                <p dir="auto">{text}</p>
              )}
            </div>
            {onChange && (
              <IconButton
                icon={IconX}
                label={t('removeRemark', { number: index + 1 })}
                onClick={() => onChange(remarks.filter((_each, at) => at !== index))}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
