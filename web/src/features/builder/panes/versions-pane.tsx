import { unifiedMergeView } from '@codemirror/merge';
import { yaml } from '@codemirror/lang-yaml';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { IconHistory } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../../../contracts/scenario-schema.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { useActions, useBuilder, useBuilderContext } from '../builder-context.tsx';
import { PublicationReport } from './publication-report.tsx';
import { editorTheme } from './editor-theme.ts';
import { SelectControl } from '../forms/select-control.tsx';
import { versionQuery, versionsQuery } from '../model/scenario-data.ts';
import { MoveList } from '../moves/move-list.tsx';
import { RollBackDialog } from '../moves/roll-back-dialog.tsx';
import type { Autosave } from '../model/use-autosave.ts';

const DRAFT = 'draft';

/** What was published when, by whom and why; any two texts beside one another; back to an earlier one. */
export function VersionsPane({ autosave }: { autosave: Autosave }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: versions } = useQuery(versionsQuery(name));
  const [chosen, setChosen] = useState<{ from?: string; to?: string }>({});
  if (!versions) return null;
  if (versions.length === 0)
    return (
      <EmptyState icon={IconHistory} title={t('neverPublished')}>
        {t('neverPublishedMore')}
      </EmptyState>
    );
  const from = chosen.from ?? versions.find(({ isInForce }) => isInForce)?.version ?? versions[0]?.version ?? DRAFT;
  const to = chosen.to ?? DRAFT;
  return (
    <div className="versions">
      <div className="sect row compare">
        <Choice
          label={t('compareFrom')}
          value={from}
          versions={versions}
          onChange={(version) => setChosen({ ...chosen, from: version })}
        />
        <Choice
          label={t('compareTo')}
          value={to}
          versions={versions}
          onChange={(version) => setChosen({ ...chosen, to: version })}
        />
      </div>
      <Comparison from={from} to={to} />
      <MoveList />
      <ol className="version-list">
        {versions.map((version) => (
          <Version key={version.number} version={version} autosave={autosave} />
        ))}
      </ol>
    </div>
  );
}

function Choice({
  label,
  value,
  versions,
  onChange,
}: {
  label: string;
  value: string;
  versions: readonly Publication[];
  onChange: (version: string) => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <div className="grow">
      <Field label={label}>
        {(control) => (
          <SelectControl control={control} value={value} onChange={onChange}>
            <option value={DRAFT}>{t('thisDraft')}</option>
            {[...new Map(versions.map((each) => [each.version, each])).values()].map(
              ({ version, number, isInForce }) => (
                <option key={version} value={version}>
                  {isInForce ? t('versionInForce', { number }) : t('versionNumber', { number })}
                </option>
              ),
            )}
          </SelectControl>
        )}
      </Field>
    </div>
  );
}

function useText(version: string): string | undefined {
  const { name } = useBuilderContext();
  const draft = useBuilder((state) => state.history.text);
  const { data } = useQuery({ ...versionQuery(name, version), enabled: version !== DRAFT });
  return version === DRAFT ? draft : data;
}

/** Two texts, the lines that differ marked. */
function Comparison({ from, to }: { from: string; to: string }): ReactNode {
  const { t } = useTranslation('builder');
  const [before, after] = [useText(from), useText(to)];
  const parent = useRef<HTMLDivElement>(null);
  const label = t('difference');
  useEffect(() => {
    if (!parent.current || before === undefined || after === undefined || before === after) return undefined;
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
    const view = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          EditorView.cspNonce.of(nonce),
          editorTheme,
          lineNumbers(),
          yaml(),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
        ],
      }),
    });
    return () => view.destroy();
  }, [before, after, label]);
  if (before !== undefined && before === after) return <p className="sect muted xs">{t('sameText')}</p>;
  return <div className="yaml-text diff" ref={parent} />;
}

function Version({ version, autosave }: { version: Publication; autosave: Autosave }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const { name } = useBuilderContext();
  const { replace } = useActions();
  const isReadOnly = useBuilder((state) => state.isReadOnly);
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const reportId = useId();
  const { number, author, note, publishedAt, isInForce, isRollback, isCanary } = version;
  async function restore(): Promise<void> {
    replace(await queryClient.ensureQueryData(versionQuery(name, version.version)));
    void autosave.flush();
    tell({ kind: 'success', title: t('restored', { number }), text: t('restoredMore') });
  }
  return (
    <li className="version">
      <span className="row">
        <b className="semi">{t('versionNumber', { number })}</b>
        {isInForce && <span className="chip success">{t('inForce')}</span>}
        {isCanary && <span className="chip accent">{t('canary.title')}</span>}
        {isRollback && <span className="chip outline">{t('isRollback')}</span>}
        <span className="xs muted end">{formats.moment(publishedAt)}</span>
      </span>
      <span className="xs secondary">
        {author ?? ''} {note !== null && `· ${note}`}
      </span>
      <span className="row">
        <button type="button" className="btn sm outline" disabled={isReadOnly} onClick={() => void restore()}>
          {t('restore')}
        </button>
        <button
          type="button"
          className="btn sm quiet"
          aria-expanded={isOpen}
          aria-controls={isOpen ? reportId : undefined}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t('report.open')}
        </button>
        {!isInForce && (
          <button type="button" className="btn sm quiet" onClick={() => setIsAsking(true)}>
            {t(isCanary ? 'canary.putInForce' : 'rollBack')}
          </button>
        )}
      </span>
      {isOpen && <PublicationReport number={number} id={reportId} />}
      {isAsking && <RollBackDialog version={version} onClose={() => setIsAsking(false)} />}
    </li>
  );
}
