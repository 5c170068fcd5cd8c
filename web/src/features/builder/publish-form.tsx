import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishResponse } from '../../../../contracts/scenario-schema.ts';
import { tell } from '../../shared/data/toasts.ts';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { useBuilder, useBuilderContext } from './builder-context.tsx';
import { AudienceChoice, readPart, type Part } from './canary/audience-choice.tsx';
import { canaryQuery } from './canary/canary-data.ts';
import { ChangeList } from './canary/change-list.tsx';
import type { TestReport } from './language/test-thread.ts';
import { useKeptTests } from './model/kept-tests.ts';
import { publishDraft, toOrder, toShownTests, type Order } from './model/publish-draft.ts';
import { versionQuery, versionsQuery } from './model/scenario-data.ts';
import { everybodyStays, impactQuery } from './moves/move-data.ts';
import { RunningChoice } from './moves/running-choice.tsx';
import type { Autosave } from './model/use-autosave.ts';

type BuilderWords = ReturnType<typeof useTranslation<'builder'>>['t'];

/** What has changed, what checks and tests say, who gets the version, and what becomes of those who run: then it is published. */
export function PublishForm({ onClose, autosave }: { onClose: () => void; autosave: Autosave }): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  const report = useBuilder((state) => state.report);
  // What was written when the dialog was opened: nothing is edited behind it.
  const source = useBuilder((state) => state.history.text);
  const { data: versions = [] } = useQuery(versionsQuery(name));
  const [note, setNote] = useState('');
  const [choice, setChoice] = useState(everybodyStays);
  const [part, setPart] = useState<Part>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const tested = useTests(source);
  async function publish(): Promise<void> {
    const canary = part && readPart(part);
    if (part && !canary) {
      setProblem(t('canary.numbersWrong'));
      return;
    }
    setIsBusy(true);
    setProblem(undefined);
    const impact = queryClient.getQueryData(impactQuery(name, { source }, choice.blocks).queryKey);
    const order = toOrder({ note, choice, canary, tested, impact });
    const outcome = await publishDraft(name, autosave, order);
    setIsBusy(false);
    if (typeof outcome === 'string') {
      setProblem(outcome === 'unsaved' || outcome === 'unchanged' ? t(`notPublished.${outcome}`) : outcome);
      return;
    }
    autosave.forget();
    await queryClient.invalidateQueries({ queryKey: ['scenario-versions', name] });
    for (const queryKey of [['scenario-moves', name], ['scenario-canary', name], ['scenarios'], ['scenario-drafts']])
      void queryClient.invalidateQueries({ queryKey });
    tellPublished(t, order, outcome);
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
        <Changes source={source} />
        <Checks />
        <Tests tested={tested} />
        {versions.length > 0 && <AudienceChoice part={part} onChange={setPart} />}
        {part ? <CanaryReplaces /> : <RunningChoice target={{ source }} onChange={setChoice} />}
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
          {t(part ? 'canary.publishPart' : 'publishNow')}
        </button>
      </div>
    </form>
  );
}

function tellPublished(t: BuilderWords, { canary, move }: Order, { publication, endedCanary }: PublishResponse): void {
  const { number } = publication;
  const ended = endedCanary === null ? '' : ` ${t('canary.endedBy', { number: endedCanary })}`;
  tell({
    kind: 'success',
    title: canary ? t('canary.begun', { number, percent: canary.percent }) : t('published', { number }),
    text: t(canary ? 'canary.begunMore' : move ? 'move.publishedMore' : 'publishedMore') + ended,
  });
}

/** The scenario's tests, run on the text that is published; undefined while they run, and where there are none. */
function useTests(source: string): TestReport | { problem: string } | undefined {
  const { name, languages } = useBuilderContext();
  const tests = useKeptTests(({ texts }) => texts[name]);
  const { data } = useQuery({
    queryKey: ['scenario-tests', name, source, tests],
    queryFn: () => languages.checks.runTests(source, tests ?? ''),
    enabled: tests !== undefined,
  });
  return data;
}

function Tests({ tested }: { tested: TestReport | { problem: string } | undefined }): ReactNode {
  const { t } = useTranslation('builder');
  if (!tested) return null;
  const shown = 'problem' in tested ? undefined : toShownTests(tested);
  const isFine = shown?.failed.length === 0;
  return (
    <section className="impact-part">
      <h3>{t('tabs.tests')}</h3>
      <p className={`row ${isFine ? 't-success' : 't-warn'}`}>
        <Icon of={isFine ? IconCircleCheck : IconAlertTriangle} />
        {'problem' in tested
          ? tested.problem
          : t('report.tests', { passed: shown?.passed, failed: shown?.failed.length })}
      </p>
    </section>
  );
}

/** A canary that runs ends by the next one. */
function CanaryReplaces(): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: canary } = useQuery(canaryQuery(name));
  if (!canary || canary.end) return null;
  return <p className="xs secondary">{t('canary.replaces', { number: canary.number })}</p>;
}

/** Block by block. */
function Changes({ source }: { source: string }): ReactNode {
  const { t } = useTranslation('builder');
  const { name, languages } = useBuilderContext();
  const { data: versions = [] } = useQuery(versionsQuery(name));
  const inForce = versions.find(({ isInForce }) => isInForce);
  const { data: before } = useQuery({ ...versionQuery(name, inForce?.version ?? ''), enabled: inForce !== undefined });
  const { data: changes = [] } = useQuery({
    queryKey: ['scenario-changes', name, inForce?.version, source],
    queryFn: () => languages.checks.compare(before, source),
    enabled: inForce === undefined || before !== undefined,
  });
  return (
    <section className="impact-part">
      <h3>{inForce ? t('changesSince', { number: inForce.number }) : t('firstPublication')}</h3>
      {changes.length === 0 && <p className="muted xs">{t('noChanges')}</p>}
      <ChangeList changes={changes} />
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
