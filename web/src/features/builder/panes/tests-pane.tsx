import { IconCheck, IconFlask, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useActions, useBuilderContext } from '../builder-context.tsx';
import type { TestReport } from '../language/test-thread.ts';
import { setTests, useKeptTests } from '../model/kept-tests.ts';

/** The tests of the scenario: run on the draft, with what they have gone through on the canvas. */
export function TestsPane(): ReactNode {
  const { t } = useTranslation('builder');
  const { name, store, languages } = useBuilderContext();
  const { set } = useActions();
  const text = useKeptTests(({ texts }) => texts[name]);
  const [report, setReport] = useState<TestReport>();
  const [problem, setProblem] = useState<string>();
  async function run(): Promise<void> {
    const done = await languages.checks.runTests(store.getState().history.text, text ?? '');
    if ('problem' in done) {
      setProblem(done.problem);
      setReport(undefined);
      return;
    }
    setProblem(undefined);
    setReport(done);
    const missing = new Set(done.coverage.blocks.missing);
    const ran = store
      .getState()
      .graph.blocks.map(({ id }) => id)
      .filter((id) => !missing.has(id));
    set({ marks: { ran: new Set(ran), live: undefined, missing, counts: new Map() } });
  }
  if (text === undefined)
    return (
      <EmptyState
        icon={IconFlask}
        title={t('noTests')}
        action={
          <button type="button" className="btn primary" onClick={() => set({ tab: 'try' })}>
            {t('tryIt')}
          </button>
        }
      >
        {t('noTestsMore')}
      </EmptyState>
    );
  return (
    <div className="sect col">
      <button type="button" className="btn primary self-start" onClick={() => void run()}>
        <Icon of={IconPlayerPlay} size={14} />
        {t('runTests')}
      </button>
      {problem !== undefined && (
        <p className="t-danger xs" role="alert">
          {problem}
        </p>
      )}
      {report && <Outcome report={report} />}
      <Field label={t('testFile')} hint={t('testFileHint')}>
        {(control) => (
          <div className="input area">
            <textarea
              {...control}
              className="mono"
              rows={16}
              value={text}
              onChange={(event) => setTests(name, event.target.value)}
            />
          </div>
        )}
      </Field>
    </div>
  );
}

function Outcome({ report: { tests, coverage } }: { report: TestReport }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const share = ({ covered, total }: { covered: number; total: number }): string =>
    formats.number(total === 0 ? 100 : Math.floor((100 * covered) / total));
  return (
    <div role="status">
      <ul className="tests">
        {tests.map(({ name, failure }) => (
          <li key={name}>
            <span className="row">
              <Icon of={failure ? IconX : IconCheck} className={failure ? 't-danger' : 't-success'} />
              <span className="grow">{name}</span>
              <span className="xs muted">{failure ? t('testFailed') : t('testPassed')}</span>
            </span>
            {failure && <pre className="mono failure">{failure.lines.join('\n')}</pre>}
          </li>
        ))}
      </ul>
      <p className="xs secondary">{t('coverage', { blocks: share(coverage.blocks), exits: share(coverage.exits) })}</p>
    </div>
  );
}
