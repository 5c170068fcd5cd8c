import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Surgery } from '../../../../contracts/surgery.ts';
import type { SurgeryStateView } from '../../../../contracts/surgery-schema.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import { operateConversation, previewSurgery, surgeryStateQuery } from '../../shared/data/records.ts';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { Field } from '../../shared/ui/field.tsx';
import { Said } from './replay-parts.tsx';

const KINDS = ['go-to-block', 'set-variable', 'fire-timer', 'put-off-timer'] as const;
type Kind = (typeof KINDS)[number];

/** A running conversation helped on by hand: first what it would come to, then doing it. */
export function SurgeryPane({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('records');
  const state = useQuery(surgeryStateQuery(id)).data;
  if (!state) return null;
  return (
    <section className="surgery">
      <h2>{t('surgery.title')}</h2>
      <Form id={id} state={state} />
    </section>
  );
}

interface Draft {
  kind: Kind;
  block: string;
  name: string;
  value: string;
  timer: string;
}

function Form({ id, state }: { id: string; state: SurgeryStateView }): ReactNode {
  const { t } = useTranslation('records');
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ kind: 'go-to-block', block: '', name: '', value: '', timer: '' });
  const surgery = toSurgery(draft, state);
  const preview = useMutation({ mutationFn: (of: Surgery) => previewSurgery(id, of) });
  const operation = useMutation({
    mutationFn: (of: { revision: string; surgery: Surgery }) => operateConversation(id, of),
    onSettled: async () => {
      preview.reset();
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['surgery-state', id] }),
        queryClient.invalidateQueries({ queryKey: ['replay-of', id] }),
        queryClient.invalidateQueries({ queryKey: ['all-events', id] }),
      ]);
    },
  });
  const shown = preview.data;
  const failure = operation.error ?? preview.error;
  function change(changes: Partial<Draft>): void {
    setDraft({ ...draft, ...changes });
    // What is shown is what was asked for, and nothing else is carried out.
    preview.reset();
    operation.reset();
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!surgery) return;
    operation.reset();
    preview.mutate(surgery);
  }
  return (
    <form onSubmit={onSubmit}>
      <Field label={t('surgery.kind')}>
        {(control) => (
          <span className="input">
            <select {...control} value={draft.kind} onChange={(event) => change({ kind: event.target.value as Kind })}>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`surgery.kinds.${kind}`)}
                </option>
              ))}
            </select>
          </span>
        )}
      </Field>
      <Details draft={draft} state={state} onChange={change} />
      <div className="row">
        <button type="submit" className="btn sm outline" disabled={!surgery || preview.isPending}>
          {t('surgery.preview')}
        </button>
        {shown?.refusal === null && surgery && (
          <button
            type="button"
            className="btn sm primary"
            disabled={operation.isPending}
            onClick={() => operation.mutate({ revision: shown.revision, surgery })}
          >
            {t('surgery.carryOut')}
          </button>
        )}
      </div>
      <div role="status">
        {shown && <Outcome preview={shown} state={state} />}
        {operation.data && <p>{t('surgery.done', { block: titleOf(state, operation.data.to) })}</p>}
      </div>
      {failure && (
        <p className="t-danger xs" role="alert">
          {reasonOf(failure)}
        </p>
      )}
    </form>
  );
}

function Details({
  draft,
  state,
  onChange,
}: {
  draft: Draft;
  state: SurgeryStateView;
  onChange: (changes: Partial<Draft>) => void;
}): ReactNode {
  const { t } = useTranslation('records');
  const formats = useFormats();
  if (draft.kind === 'go-to-block')
    return (
      <Field label={t('surgery.block')}>
        {(control) => (
          <span className="input">
            <select {...control} value={draft.block} onChange={(event) => onChange({ block: event.target.value })}>
              <option value="">{t('surgery.choose')}</option>
              {state.blocks.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title ?? id}
                </option>
              ))}
            </select>
          </span>
        )}
      </Field>
    );
  if (draft.kind === 'set-variable')
    return (
      <>
        <Field label={t('surgery.name')}>
          {(control) => (
            <span className="input">
              <input {...control} value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
            </span>
          )}
        </Field>
        <Field label={t('surgery.value')}>
          {(control) => (
            <span className="input">
              <input
                {...control}
                dir="auto"
                value={draft.value}
                onChange={(event) => onChange({ value: event.target.value })}
              />
            </span>
          )}
        </Field>
      </>
    );
  if (state.timers.length === 0) return <p className="muted">{t('surgery.noTimers')}</p>;
  return (
    <Field label={t('surgery.timer')}>
      {(control) => (
        <span className="input">
          <select {...control} value={draft.timer} onChange={(event) => onChange({ timer: event.target.value })}>
            <option value="">{t('surgery.choose')}</option>
            {state.timers.map(({ id, at }) => (
              <option key={id} value={id}>
                {formats.moment(at)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}

function Outcome({
  preview: { refusal, to, isOver, said },
  state,
}: {
  preview: Awaited<ReturnType<typeof previewSurgery>>;
  state: SurgeryStateView;
}): ReactNode {
  const { t } = useTranslation('records');
  if (refusal !== null) return <p>{t(`surgery.refusals.${refusal}`)}</p>;
  return (
    <>
      <p>{t(isOver ? 'surgery.wouldEnd' : 'surgery.would', { block: titleOf(state, to) })}</p>
      <Said texts={said} label={t('surgery.wouldSay')} />
    </>
  );
}

function titleOf({ blocks }: SurgeryStateView, block: string): string {
  return blocks.find(({ id }) => id === block)?.title ?? block;
}

/** Undefined while something is still to be chosen. */
function toSurgery({ kind, block, name, value, timer }: Draft, { timers }: SurgeryStateView): Surgery | undefined {
  if (kind === 'go-to-block') return block === '' ? undefined : { kind, block };
  if (kind === 'set-variable')
    return name.trim() === '' ? undefined : { kind, name: name.trim(), value: readValue(value) };
  return timers.some(({ id }) => id === timer) ? { kind, timer } : undefined;
}

/** Numbers, lists and the like as JSON writes them; all else is a text, and nothing takes the variable away. */
function readValue(text: string): Extract<Surgery, { kind: 'set-variable' }>['value'] {
  if (text === '') return null;
  try {
    return JSON.parse(text) as ReturnType<typeof readValue>;
  } catch {
    return text;
  }
}
