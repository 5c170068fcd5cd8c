import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockMap } from '../../../../contracts/scenario-move.ts';
import { call } from '../../shared/client/client.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { titleOf } from './block-look.ts';
import { useBuilder, useBuilderContext } from './builder-context.tsx';
import { compareGraphs } from './model/compare-graphs.ts';
import { noGraph } from './model/builder-store.ts';
import { versionQuery, versionsQuery } from './model/scenario-data.ts';
import { RunningChoice } from './moves/running-choice.tsx';
import type { Autosave } from './model/use-autosave.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  autosave: Autosave;
}

/** What publishing comes to, before it is done: what has changed, what the checks say, whom it concerns. */
export function PublishDialog({ isOpen, onClose, autosave }: Props): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('publishTitle')} width={640}>
      {isOpen && <PublishForm onClose={onClose} autosave={autosave} />}
    </Dialog>
  );
}

function PublishForm({ onClose, autosave }: Omit<Props, 'isOpen'>): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  const report = useBuilder((state) => state.report);
  // What was written when the dialog was opened: nothing is edited behind it.
  const source = useBuilder((state) => state.history.text);
  const [note, setNote] = useState('');
  const [move, setMove] = useState<{ blocks: BlockMap }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  async function publish(): Promise<void> {
    setIsBusy(true);
    setProblem(undefined);
    const failed = await publishDraft({ name, note, move, autosave });
    setIsBusy(false);
    if (typeof failed === 'string') {
      setProblem(failed === 'unsaved' || failed === 'unchanged' ? t(`notPublished.${failed}`) : failed);
      return;
    }
    autosave.forget();
    await queryClient.invalidateQueries({ queryKey: ['scenario-versions', name] });
    void queryClient.invalidateQueries({ queryKey: ['scenario-moves', name] });
    void queryClient.invalidateQueries({ queryKey: ['scenarios'] });
    void queryClient.invalidateQueries({ queryKey: ['scenario-drafts'] });
    tell({
      kind: 'success',
      title: t('published', { number: failed }),
      text: t(move ? 'move.publishedMore' : 'publishedMore'),
    });
    onClose();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <div className="impact">
        <Changes />
        <Checks />
        <RunningChoice target={{ source }} onChange={setMove} />
        <Field label={t('publishNote')} hint={t('publishNoteHint')}>
          {(control) => (
            <div className="input">
              <input
                {...control}
                data-autofocus
                value={note}
                maxLength={500}
                onChange={(event) => setNote(event.target.value)}
              />
            </div>
          )}
        </Field>
        {problem !== undefined && (
          <div className="alert" role="alert">
            <Icon of={IconCircleX} />
            <p>{problem}</p>
          </div>
        )}
      </div>
      <div className="dialog-foot">
        <button type="button" className="btn outline end" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={isBusy || report?.isPublishable === false}>
          {t('publishNow')}
        </button>
      </div>
    </form>
  );
}

/** Gives the number of the publication, or why there is none. */
async function publishDraft({
  name,
  note,
  move,
  autosave,
}: {
  name: string;
  note: string;
  move: { blocks: BlockMap } | undefined;
  autosave: Autosave;
}): Promise<number | string> {
  const revision = await autosave.flush();
  if (revision === undefined) return 'unsaved';
  if (revision === 0) return 'unchanged';
  const response = await call('POST /api/v1/scenarios/:name/draft/publish', {
    params: { name },
    body: { revision, ...(note.trim() !== '' && { note: note.trim() }), ...(move && { move }) },
  });
  if (response.ok) return response.body.publication.number;
  const [first] = response.error.details;
  return first ? `${response.error.message} ${first.message}. ${first.remedy ?? ''}` : response.error.message;
}

/** Block by block, in words. */
function Changes(): ReactNode {
  const { t } = useTranslation('builder');
  const { name, languages } = useBuilderContext();
  const graph = useBuilder((state) => state.graph);
  const { data: versions = [] } = useQuery(versionsQuery(name));
  const inForce = versions.find(({ isInForce }) => isInForce);
  const { data: before } = useQuery({ ...versionQuery(name, inForce?.version ?? ''), enabled: inForce !== undefined });
  const { data: old } = useQuery({
    queryKey: ['scenario-graph', name, inForce?.version],
    queryFn: async () => (await languages.checks.describeGraph(before ?? '')).graph ?? noGraph,
    enabled: before !== undefined,
  });
  const changes = compareGraphs(old ?? noGraph, graph);
  return (
    <section className="impact-part">
      <h3>{inForce ? t('changesSince', { number: inForce.number }) : t('firstPublication')}</h3>
      {changes.length === 0 && <p className="muted xs">{t('noChanges')}</p>}
      <ul className="changes scroll">
        {changes.map(({ block, kind, parts }) => (
          <li key={`${kind} ${block.id}`}>
            <span className={`chip ${kind === 'removed' ? 'danger' : kind === 'added' ? 'success' : 'accent'}`}>
              {t(`change.${kind}`)}
            </span>
            <b className="med">{titleOf(block)}</b>
            <span className="muted xs">{parts.map((part) => t(`part.${part}`)).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Checks(): ReactNode {
  const { t } = useTranslation('builder');
  const report = useBuilder((state) => state.report);
  if (!report) return null;
  const count = (outcome: string): number => report.checks.filter((check) => check.outcome === outcome).length;
  const failed = report.problems.filter(({ severity }) => severity === 'error').length;
  const look = failed > 0 ? 't-danger' : count('warned') > 0 ? 't-warn' : 't-success';
  return (
    <section className="impact-part">
      <h3>{t('checks')}</h3>
      <p className={`row ${look}`}>
        <Icon of={failed > 0 ? IconCircleX : count('warned') > 0 ? IconAlertTriangle : IconCircleCheck} />
        {failed > 0
          ? t('checksRefuse', { count: failed })
          : t('checksSay', { passed: count('passed'), warned: count('warned') })}
      </p>
    </section>
  );
}
