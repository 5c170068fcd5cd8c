import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconBinaryTree,
  IconCircleCheck,
  IconColumns2,
  IconCopy,
  IconPencil,
  IconPlayerPlayFilled,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../shared/i18n/i18n.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { useActions, useBuilder, useBuilderContext } from './builder-context.tsx';
import { runningQuery, versionsQuery } from './model/scenario-data.ts';
import type { Autosave } from './model/use-autosave.ts';
import { loadPublishForm, PublishDialog } from './publish-dialog.tsx';
import { SaveAsDialog } from './save-as-dialog.tsx';

/** What is edited, how it is kept, and what can be done with it. */
export function Toolbar({
  autosave,
  onLeave,
  onTidy,
}: {
  autosave: Autosave;
  onLeave: () => void;
  onTidy: () => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const title = useBuilder((state) => state.graph.title);
  const canUndo = useBuilder((state) => state.history.past.length > 0);
  const canRedo = useBuilder((state) => state.history.future.length > 0);
  const isReadOnly = useBuilder((state) => state.isReadOnly);
  const { undo, redo, set } = useActions();
  const [dialog, setDialog] = useState<'publish' | 'save-as'>();
  return (
    <header className="bar" data-region>
      <IconButton icon={IconArrowLeft} size={18} label={t('allScenarios')} onClick={onLeave} />
      <h1 className="clip">{title ?? name}</h1>
      <Saved autosave={autosave} />
      <Live />
      <span className="end" />
      <IconButton
        className="md"
        icon={IconArrowBackUp}
        size={18}
        label={t('undo')}
        keys="Ctrl Z"
        disabled={!canUndo}
        onClick={undo}
      />
      <IconButton
        className="md"
        icon={IconArrowForwardUp}
        size={18}
        label={t('redo')}
        keys="Ctrl Y"
        disabled={!canRedo}
        onClick={redo}
      />
      <span className="rule" />
      <button type="button" className="btn quiet" onClick={onTidy}>
        <Icon of={IconBinaryTree} />
        <span className="bar-word">{t('tidy')}</span>
      </button>
      <button type="button" className="btn quiet" onClick={() => set({ tab: 'versions' })}>
        <Icon of={IconColumns2} />
        <span className="bar-word">{t('compare')}</span>
      </button>
      <button type="button" className="btn quiet" onClick={() => setDialog('save-as')}>
        <Icon of={IconCopy} />
        <span className="bar-word">{t('saveAs')}</span>
      </button>
      <button type="button" className="btn outline" onClick={() => set({ tab: 'try' })}>
        <Icon of={IconPlayerPlayFilled} size={12} />
        {t('tryIt')}
      </button>
      <button
        type="button"
        className="btn primary"
        disabled={isReadOnly}
        onPointerEnter={() => void loadPublishForm()}
        onFocus={() => void loadPublishForm()}
        onClick={() => setDialog('publish')}
      >
        {t('publish')}
      </button>
      <PublishDialog isOpen={dialog === 'publish'} onClose={() => setDialog(undefined)} autosave={autosave} />
      <SaveAsDialog isOpen={dialog === 'save-as'} onClose={() => setDialog(undefined)} />
    </header>
  );
}

function Saved({ autosave: { state, savedAt, revision } }: { autosave: Autosave }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const words =
    state === 'saved'
      ? savedAt === undefined
        ? ''
        : t('savedAt', { time: formats.time(savedAt) })
      : t(`saving.${state}`);
  return (
    <>
      {(revision > 0 || state !== 'saved') && (
        <span className="chip warn">
          <Icon of={IconPencil} size={12} />
          {t('draft')}
        </span>
      )}
      <span className="xs muted clip" role="status">
        {words}
      </span>
    </>
  );
}

/** What is in force, and how many conversations run it. */
function Live(): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: versions } = useQuery(versionsQuery(name));
  const { data: running } = useQuery(runningQuery(name));
  const inForce = versions?.find(({ isInForce }) => isInForce);
  if (!versions) return null;
  return (
    <>
      <span className="rule" />
      <span className="xs muted clip bar-live">
        {inForce ? (
          <>
            <Icon of={IconCircleCheck} size={12} /> {t('liveVersion', { number: inForce.number })}
            {running && `, ${t('conversations', { count: running.items.length })}${running.isMore ? '+' : ''}`}
          </>
        ) : (
          t('neverPublished')
        )}
      </span>
    </>
  );
}
