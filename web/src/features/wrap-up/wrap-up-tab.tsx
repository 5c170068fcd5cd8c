import './wrap-up.css';
import { IconCalendar, IconPencilMinus, IconX } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import { useChooseState, useMyState } from '../../shared/data/agent-state.ts';
import { answersOf, isInChat, useCloseChat, wrapUpsQuery, type ConversationView } from '../../shared/data/chats.ts';
import { useCustomerName } from '../../shared/data/names.ts';
import { useMe } from '../../shared/data/session.ts';
import { tell } from '../../shared/data/toasts.ts';
import { useNow } from '../../shared/lib/clock.ts';
import { KEY_NAMES, useCommand } from '../../shared/lib/commands.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Pairs } from '../../shared/ui/pairs.tsx';
import { useWrapUpDraft, type WrapUpDraft } from './wrap-up-draft.ts';

const wrapUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['wrap-up', id],
    queryFn: async () => unwrap(await call('GET /api/v1/conversations/:id/wrap-up', { params: { id } })),
    staleTime: 60_000,
  });

type WrapUpForm = Awaited<ReturnType<NonNullable<ReturnType<typeof wrapUpQuery>['queryFn']>>>;

/** What the chat came to: filled in while it goes on, or in the time after it. */
export function WrapUpTab({ conversation, onDone }: { conversation: ConversationView; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const { username } = useMe();
  const { id } = conversation;
  const form = useQuery(wrapUpQuery(id)).data;
  const isOpen = isInChat(conversation, username);
  const { draft, change } = useWrapUpDraft(id);
  if (!form) return <div className="sect" aria-busy="true" />;
  return (
    <div className="wrapup">
      {isOpen ? (
        <p className="sect xs muted">{t('wrapUp.early')}</p>
      ) : (
        <TimeLeft conversation={conversation} extendMs={form.extendMs} />
      )}
      <Dispositions form={form} chosen={draft.disposition} onChoose={(disposition) => change({ disposition })} />
      <NoteAndDate draft={draft} onChange={change} />
      <Taken conversation={conversation} />
      {!isOpen && <Completion conversation={conversation} form={form} draft={draft} onDone={onDone} />}
    </div>
  );
}

/** The time that is given for it, and more of it. */
function TimeLeft({
  conversation,
  extendMs,
}: {
  conversation: ConversationView;
  extendMs: number | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const now = useNow();
  const wrapUp = useQuery(wrapUpsQuery).data?.find(({ conversationId }) => conversationId === conversation.id);
  const until = wrapUp?.afterWork?.until;

  async function extend(): Promise<void> {
    try {
      const request = { params: { id: conversation.id }, body: { clientId: newClientId() } };
      const { until: longer } = unwrap(await call('POST /api/v1/conversations/:id/wrap-up/extend', request));
      queryClient.setQueryData(wrapUpsQuery.queryKey, (wrapUps) =>
        wrapUps?.map((each) =>
          each.conversationId === conversation.id && each.afterWork
            ? { ...each, afterWork: { ...each.afterWork, until: longer } }
            : each,
        ),
      );
    } catch {
      tell({ kind: 'danger', title: t('wrapUp.extendRefused') });
    }
  }

  return (
    <div className="sect">
      <div className="row">
        <span className="state pill st-after">
          <Icon of={IconPencilMinus} size={14} />
          {t('wrapUp.state')}
        </span>
        {until !== undefined && (
          <span className="timer end num">
            {Date.parse(until) > now
              ? t('wrapUp.left', { time: formatDuration(Date.parse(until) - now) })
              : t('wrapUp.over')}
          </span>
        )}
        {until !== undefined && extendMs !== undefined && (
          <button type="button" className="btn sm outline" onClick={() => void extend()}>
            {t('wrapUp.extend')}
          </button>
        )}
      </div>
    </div>
  );
}

function Dispositions({
  form: { dispositions, isDispositionRequired },
  chosen,
  onChoose,
}: {
  form: WrapUpForm;
  chosen: string | undefined;
  onChoose: (name: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  if (dispositions.length === 0) return <p className="sect xs muted">{t('wrapUp.none')}</p>;
  const folders = [...new Set(dispositions.map(({ folder }) => folder ?? ''))];
  return (
    <fieldset className="sect plain">
      <legend className="sect-h">
        {t('wrapUp.disposition')}
        {isDispositionRequired && <span className="muted regular">{t('wrapUp.required')}</span>}
      </legend>
      {folders.map((folder) => (
        <div key={folder}>
          {folders.length > 1 && <div className="xs muted opt-group">{folder || t('wrapUp.other')}</div>}
          {dispositions
            .filter((each) => (each.folder ?? '') === folder)
            .map(({ name }) => (
              <label key={name} className="opt">
                <input
                  type="radio"
                  className="radio-input"
                  name="disposition"
                  value={name}
                  checked={chosen === name}
                  onChange={() => onChoose(name)}
                />
                {name}
              </label>
            ))}
        </div>
      ))}
    </fieldset>
  );
}

function NoteAndDate({
  draft,
  onChange,
}: {
  draft: WrapUpDraft;
  onChange: (changes: Partial<WrapUpDraft>) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <div className="sect">
        <h3>
          <label htmlFor="wrap-up-note">{t('wrapUp.note')}</label>
        </h3>
        <div className="input area">
          <textarea
            id="wrap-up-note"
            className="wrapup-note"
            maxLength={4000}
            placeholder={t('wrapUp.notePlaceholder')}
            value={draft.note ?? ''}
            onChange={(event) => onChange({ note: event.target.value })}
          />
        </div>
      </div>
      <div className="sect">
        <h3>
          <label htmlFor="wrap-up-date">{t('wrapUp.followUp')}</label>
        </h3>
        <div className="input">
          <Icon of={IconCalendar} />
          <input
            id="wrap-up-date"
            type="date"
            value={draft.followUp ?? ''}
            onChange={(event) => onChange({ followUp: event.target.value })}
          />
          {draft.followUp && (
            <IconButton
              icon={IconX}
              size={14}
              label={t('wrapUp.clearDate')}
              onClick={() => onChange({ followUp: '' })}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** What the scenario has asked already: nobody asks it twice. */
function Taken({ conversation }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const pairs = answersOf(conversation);
  if (pairs.length === 0) return null;
  return (
    <div className="sect">
      <h3>{t('wrapUp.taken')}</h3>
      <Pairs pairs={pairs} />
    </div>
  );
}

function Completion({
  conversation,
  form,
  draft,
  onDone,
}: {
  conversation: ConversationView;
  form: WrapUpForm;
  draft: WrapUpDraft;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const closeChat = useCloseChat();
  const choose = useChooseState();
  const state = useMyState();
  const { clear } = useWrapUpDraft(conversation.id);
  const [isMissing, setIsMissing] = useState(false);
  const [clientId] = useState(newClientId);

  async function complete(isReadyThen: boolean): Promise<void> {
    const { disposition, note, followUp } = draft;
    if (form.isDispositionRequired && disposition === undefined) return setIsMissing(true);
    const body = {
      clientId,
      ...(disposition !== undefined && { disposition }),
      ...(note?.trim() && { note: note.trim() }),
      ...(followUp && { followUpAt: new Date(`${followUp}T09:00:00`).toISOString() }),
    };
    try {
      unwrap(await call('POST /api/v1/conversations/:id/wrap-up', { params: { id: conversation.id }, body }));
      if (isReadyThen && state?.state !== 'ready') await choose.mutateAsync({ state: 'ready' });
      clear();
      closeChat(conversation.id);
      onDone();
      tell({ kind: 'success', title: t('wrapUp.done', { name: nameOf(conversation) }) });
    } catch (error) {
      tell({ kind: 'danger', title: t('wrapUp.failed', { reason: error instanceof Error ? error.message : '' }) });
    }
  }
  useCommand('wrap-up', () => void complete(true));

  return (
    <div className="wrapup-foot">
      {isMissing && draft.disposition === undefined && (
        <p className="xs t-danger" role="alert">
          {t('wrapUp.missing')}
        </p>
      )}
      <button type="button" className="btn primary" onClick={() => void complete(true)}>
        {t('wrapUp.completeReady')} <kbd>{KEY_NAMES['wrap-up']}</kbd>
      </button>
      <button type="button" className="btn outline" onClick={() => void complete(false)}>
        {t('wrapUp.complete')}
      </button>
    </div>
  );
}
