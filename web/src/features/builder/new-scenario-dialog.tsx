import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { startLanguage, type LanguageThread } from './language/language.ts';
import { saveNew } from './model/save-new.ts';
import { loadTemplates } from './model/templates.ts';
import { NameForm } from './save-as-dialog.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onMade: (name: string) => void;
}

/** A scenario of one's own, begun with a template. */
export function NewScenarioDialog(props: Props): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('newTitle')} width={560}>
      {props.isOpen && <NewForm {...props} />}
    </Dialog>
  );
}

function NewForm({ onClose, onMade }: Props): ReactNode {
  const { t } = useTranslation('builder');
  const { data: templates = [] } = useQuery({ queryKey: ['templates'], queryFn: loadTemplates, staleTime: Infinity });
  const [chosen, setChosen] = useState('mobile-chat');
  const thread = useThread();
  const template = templates.find(({ name }) => name === chosen);
  return (
    <>
      <fieldset className="templates plain scroll">
        <legend className="label">{t('template')}</legend>
        {templates.map(({ name, title, description }) => (
          <label key={name} className={`template ${name === chosen ? 'on' : ''}`}>
            <input
              type="radio"
              name="template"
              className="radio-input"
              checked={name === chosen}
              onChange={() => setChosen(name)}
            />
            <span>
              <span className="med">{title}</span>
              <span className="xs muted block-line">{description}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {template && (
        <NameForm
          title={t('messengerChat')}
          action={t('create')}
          onCancel={onClose}
          onDone={async (wanted) => {
            if (!thread) return t('tryAgain');
            const refused = await saveNew(thread.language, template.source, wanted);
            if (refused) return refused.code === 'taken' ? t('nameTaken', { name: wanted.name }) : refused.message;
            onMade(wanted.name);
            return undefined;
          }}
        />
      )}
    </>
  );
}

function useThread(): LanguageThread | undefined {
  const [thread, setThread] = useState<LanguageThread>();
  useEffect(() => {
    const started = startLanguage();
    setThread(started);
    return () => started.close();
  }, []);
  return thread;
}
