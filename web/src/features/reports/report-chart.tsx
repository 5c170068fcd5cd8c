import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { REPORT_FIGURES } from '../../../../contracts/report.ts';
import { MOST_SERIES, toSeries, type Series } from './chart-series.ts';
import type { Definition, Report, ReportLine } from './report-data.ts';
import type { WordsOfReports } from './use-words-of-reports.ts';

/** Of the picture's own measure; it is as wide as there is room. */
const HEIGHT = 40;
const STEP = 10;
/** A bar of few is no wall. */
const WIDEST = 120;

const widthOf = (steps: readonly ReportLine[]): number => steps.length * WIDEST;

/**
 * The figure that says most, a row of bars for each service, agent or block: one colour, one scale, told apart by their names. The table
 * below says the same in numbers, so that nobody has to see the picture.
 */
export function ReportChart({
  definition,
  report,
  words,
}: {
  definition: Definition;
  report: Report;
  words: WordsOfReports;
}): ReactNode {
  const { t } = useTranslation('reports');
  const drawn = definition.drawn;
  const { series, steps } = toSeries(definition, report);
  const shown = series.filter(({ highest }) => highest > 0).slice(0, MOST_SERIES);
  if (shown.length === 0) return null;
  const top = REPORT_FIGURES[drawn].unit === 'percent' ? 100 : Math.max(...shown.map(({ highest }) => highest));
  const [first, last] = [steps[0], steps.at(-1)];
  const isWhole = report.bucket === 'all';
  return (
    <figure className="card report-chart">
      <figcaption>
        <h3>{isWhole ? t(`figures.${drawn}.label`) : t('chart', { figure: t(`figures.${drawn}.label`) })}</h3>
        {series.length > shown.length && <span className="xs muted">{t('chartMore', { count: shown.length })}</span>}
      </figcaption>
      <div className="chart-rows">
        {shown.map((each) => (
          <ChartRow key={each.key} series={each} {...{ definition, steps, top, words, isWhole }} />
        ))}
      </div>
      {!isWhole && first && last && (
        <div className="chart-axis xs muted num" style={{ maxWidth: widthOf(steps) }}>
          <span>{words.time(first)}</span>
          {last !== first && <span>{words.time(last)}</span>}
        </div>
      )}
    </figure>
  );
}

function ChartRow({
  series,
  definition,
  steps,
  top,
  words,
  isWhole,
}: {
  series: Series;
  definition: Definition;
  steps: readonly ReportLine[];
  top: number;
  words: WordsOfReports;
  isWhole: boolean;
}): ReactNode {
  const { t } = useTranslation('reports');
  const drawn = definition.drawn;
  const name = definition.dimensions.map((dimension) => words.key(dimension, series.line.keys[dimension])).join(' · ');
  const highest = words.figure(drawn, series.highest);
  return (
    <div className="chart-row">
      <span className="clip" title={name}>
        {name}
      </span>
      {isWhole ? (
        <svg className="bars whole" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect className="ground" width={100} height={8} />
          <rect className="bar" width={(100 * series.highest) / top} height={8} />
        </svg>
      ) : (
        <Bars
          series={series}
          steps={steps}
          top={top}
          titleOf={(step, value) => `${words.time(step)}: ${words.figure(drawn, value)}`}
        />
      )}
      <span className="num xs muted end-aligned">{isWhole ? highest : t('highest', { value: highest })}</span>
    </div>
  );
}

function Bars({
  series: { values },
  steps,
  top,
  titleOf,
}: {
  series: Series;
  steps: readonly ReportLine[];
  top: number;
  titleOf: (step: ReportLine, value: number) => string;
}): ReactNode {
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${steps.length * STEP} ${HEIGHT}`}
      style={{ maxWidth: widthOf(steps) }}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="axis" y={HEIGHT - 1} width="100%" height={1} />
      {steps.map((step, index) => {
        const value = values[index];
        if (value === undefined) return null;
        const height = Math.max(1, (value / top) * (HEIGHT - 2));
        return (
          <rect
            key={step.from}
            className="bar"
            x={index * STEP + 1}
            y={HEIGHT - height}
            width={STEP - 2}
            height={height}
          >
            <title>{titleOf(step, value)}</title>
          </rect>
        );
      })}
    </svg>
  );
}
