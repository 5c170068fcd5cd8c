import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toKebab } from '../../../../contracts/kebab-name.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { useBuilder, useBuilderContext } from './builder-context.tsx';
import { saveNew } from './model/save-new.ts';

/** Saves what is on the canvas as a scenario of its own, and goes on there. */
export function SaveAsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  const { languages, store } = useBuilderContext();
  const navigate = useNavigate();
  const title = useBuilder((state) => state.graph.title);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('saveAsTitle')} width={420}>
      {isOpen && (
        <NameForm
          title={t('copyOf', { title: title ?? '' })}
          action={t('saveAsDo')}
          onCancel={onClose}
          onDone={async (wanted) => {
            const refused = await saveNew(languages.checks, store.getState().history.text, wanted);
            if (refused) return refused.code === 'taken' ? t('nameTaken', { name: wanted.name }) : refused.message;
            onClose();
            await navigate({ to: '/admin/scenarios/$id', params: { id: wanted.name } });
            return undefined;
          }}
        />
      )}
    </Dialog>
  );
}

/** Title and name of a scenario that does not exist yet. */
export function NameForm({
  title: begun,
  action,
  onDone,
  onCancel,
}: {
  title: string;
  action: string;
  /** Gives what stands against it. */
  onDone: (wanted: { name: string; title: string }) => Promise<string | undefined>;
  onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const [title, setTitle] = useState(begun);
  const [name, setName] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const wanted = { title: title.trim(), name: name ?? toKebab(title) };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsBusy(true);
        void onDone(wanted).then((refused) => {
          setIsBusy(false);
          setProblem(refused);
        });
      }}
    >
      <div className="impact">
        <Field label={t('scenarioTitle')}>
          {(control) => (
            <div className="input">
              <input
                {...control}
                data-autofocus
                required
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            </div>
          )}
        </Field>
        <Field label={t('scenarioName')} hint={t('scenarioNameHint')} error={problem}>
          {(control) => (
            <div className="input">
              <input
                {...control}
                required
                pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
                className="mono"
                value={wanted.name}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
          )}
        </Field>
      </div>
      <div className="dialog-foot">
        <button type="button" className="btn outline end" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={isBusy}>
          {action}
        </button>
      </div>
    </form>
  );
}
