import { expect, it } from 'vitest';
import { REPORT_FIGURES, REPORT_NAMES } from '../../contracts/report.ts';
import type { ReportDefinition } from '../../reports/definition.ts';
import { formulaOf } from '../../reports/figures.ts';
import { reportDefinitions } from '../../reports/report-definitions.ts';

const units = { count: 'number', ms: 'milliseconds', percent: 'percent', number: 'number' } as const;

it('docs/reports.md says of every report and figure what the definitions say', async () => {
  await expect(describeReports()).toMatchFileSnapshot('../../docs/reports.md');
});

it('every figure stands in a report, and every report draws one of its own', () => {
  const definitions = Object.values(reportDefinitions);
  const used = new Set(definitions.flatMap(({ figures }) => figures));
  expect(Object.keys(REPORT_FIGURES).filter((name) => !used.has(name as keyof typeof REPORT_FIGURES))).toEqual([]);
  expect(definitions.filter(({ drawn, figures }) => !figures.includes(drawn))).toEqual([]);
});

function describeReports(): string {
  return [
    '# Reports',
    '',
    'This page is made from the definitions in `reports/` by `test/reports/reports-document.test.ts`.',
    '',
    'Every number is counted anew, each time, from the [event history](api.md#event-history): nothing is added up beforehand, so that a definition that changes',
    'holds for the past as well. `test/reports/recount.test.ts` counts ten thousand generated conversations once more with code of its own and arrives at the same.',
    '',
    '- **Where**: page `/reports` of the console; `GET /api/v1/reports/{name}?from=&to=&zone=&bucket=`, `…/csv`, `…/conversations?figure=` (what stands behind a number);',
    '  `npx attendant report run service-in-time --from 2026-11-01 --to 2026-11-08 --zone Europe/Berlin --csv`.',
    '- **Time**: `from` and `to` are days (`2026-11-01`: midnight in `zone`) or moments; `to` is exclusive. Buckets are `hour`, `day`, `week` (from Monday), `month` or `all`, by the clock of the zone. Where the clock',
    '  changes, a day has 23 or 25 hours; the hour that comes twice is two, told apart by its moment. At most 400 days, 62 by hours, 20,000 lines.',
    '- **Narrowed** by `service`, `entry`, `agent`, `team`, `scenario`: what bears that label counts. The agent of a wait is the one who took it. Empty: what bears none.',
    '- **Seen**: admins see all; supervisors whom a team names see the services of their teams, in reports of agents their people, each of conversations that they may open.',
    '- **Totals** count the same facts once; they are no averages of averages. A figure that has nothing to be divided by is empty.',
    '- **What goes on** when a report is read is told as such. What is over counts with its whole length, also where it ended behind `to`.',
    '- **Killed**: a conversation whose actor was terminated is over with the last thing that it wrote, whenever that was noticed.',
    '- **How far back**: as far as the events are kept ([retention](operations.md#how-long-data-is-kept)). An erased person is in no report.',
    '',
    ...REPORT_NAMES.flatMap((name) => describeReport(reportDefinitions[name])),
  ].join('\n');
}

function describeReport({
  name,
  version,
  title,
  about,
  bookedAt,
  dimensions,
  figures,
  edgeCases,
}: ReportDefinition): string[] {
  return [
    `## ${title}`,
    '',
    `\`${name}\`, version ${version}. ${about} By ${dimensions.map((each) => `\`${each}\``).join(', ')}. Booked ${bookedAt}.`,
    '',
    '| figure | | unit | definition |',
    '| --- | --- | --- | --- |',
    ...figures.map((figure) => {
      const { label, unit, text } = REPORT_FIGURES[figure];
      return `| \`${figure}\` | ${label} | ${units[unit]} | ${text}${describeFormula(figure)} |`;
    }),
    '',
    ...edgeCases.map((edge) => `- ${edge}`),
    '',
  ];
}

/** Of what is divided, by what. */
function describeFormula(figure: keyof typeof REPORT_FIGURES): string {
  const formula = formulaOf(figure);
  return 'per' in formula ? ` (\`${formula.of}\` / \`${formula.per}\`)` : '';
}
