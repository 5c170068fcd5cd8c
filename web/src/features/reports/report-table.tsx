import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition, Picked, Report, ReportLine } from './report-data.ts';
import type { WordsOfReports } from './use-words-of-reports.ts';

/** More lines than anybody reads on a screen; the CSV has all. */
const MOST_LINES = 400;

interface TableProps {
  definition: Definition;
  report: Report;
  words: WordsOfReports;
  onPick: (picked: Picked) => void;
}

/** The report in numbers: each opens what stands behind it. */
export function ReportTable({ definition, report, words, onPick }: TableProps): ReactNode {
  const { t } = useTranslation('reports');
  const { name, dimensions, figures } = definition;
  const { rows, bucket, totals } = report;
  const hasTime = bucket !== 'all';
  const labels = dimensions.length + (hasTime ? 1 : 0);
  return (
    <section className="card report-table-card" aria-label={t(`names.${name}`)}>
      <div className="report-scroll" tabIndex={0} role="group" aria-label={t(`names.${name}`)}>
        <table className="table report-table">
          <thead>
            <tr>
              {hasTime && <th scope="col">{t('time')}</th>}
              {dimensions.map((dimension) => (
                <th key={dimension} scope="col">
                  {words.dimension(dimension)}
                </th>
              ))}
              {figures.map((figure) => (
                <th key={figure.name} scope="col" className="r" title={t(`figures.${figure.name}.text`)}>
                  {t(`figures.${figure.name}.label`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_LINES).map((line) => (
              <Line
                key={`${line.from} ${JSON.stringify(line.keys)}`}
                line={line}
                {...{ definition, words, onPick, hasTime }}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={labels}>
                {t('total')}
              </th>
              {figures.map((figure) => (
                <Cell
                  key={figure.name}
                  figure={figure}
                  value={totals[figure.name]}
                  row={t('total')}
                  words={words}
                  onPick={() => onPick({ figure: figure.name })}
                />
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {rows.length > MOST_LINES && (
        <p className="xs muted report-more">{t('more', { count: MOST_LINES, all: rows.length })}</p>
      )}
    </section>
  );
}

/** A line in words: its time and its keys. */
export function nameLine({ keys, ...line }: ReportLine, { dimensions }: Definition, words: WordsOfReports): string {
  const names = dimensions.map((dimension) => words.key(dimension, keys[dimension]));
  return [words.time({ ...line }), ...names].join(', ');
}

function Line({
  line,
  definition,
  words,
  onPick,
  hasTime,
}: Omit<TableProps, 'report'> & { line: ReportLine; hasTime: boolean }): ReactNode {
  const { dimensions, figures } = definition;
  const row = nameLine(line, definition, words);
  return (
    <tr>
      {hasTime && <td className="nowrap num">{words.time(line)}</td>}
      {dimensions.map((dimension, index) => {
        const text = words.key(dimension, line.keys[dimension]);
        return index === 0 ? (
          <th key={dimension} scope="row" className="clip" title={text}>
            {text}
          </th>
        ) : (
          <td key={dimension} className="clip" title={text}>
            {text}
          </td>
        );
      })}
      {figures.map((figure) => (
        <Cell
          key={figure.name}
          figure={figure}
          value={line.figures[figure.name]}
          row={row}
          words={words}
          onPick={() => onPick({ figure: figure.name, line })}
        />
      ))}
    </tr>
  );
}

function Cell({
  figure,
  value,
  row,
  words,
  onPick,
}: {
  figure: Definition['figures'][number];
  value: number | null | undefined;
  row: string;
  words: WordsOfReports;
  onPick: () => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const name = figure.name;
  const shown = words.figure(name, value);
  const isOpen = figure.hasConversations && value !== null && value !== undefined && value !== 0;
  if (!isOpen) return <td className={`r num ${value ? '' : 'muted'}`}>{shown}</td>;
  return (
    <td className="r num">
      <button
        type="button"
        className="num-link"
        aria-label={`${t('behindOf', { figure: t(`figures.${name}.label`), row })}: ${t('showBehind', { value: shown })}`}
        onClick={onPick}
      >
        {shown}
      </button>
    </td>
  );
}
