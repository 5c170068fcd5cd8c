import type { CheckReport } from '../../../scenario-dsl/checks/check-source.ts';
import type { ReadScenarioFile } from '../../read-scenario-file.ts';

const marks = { passed: 'ok     ', warned: 'warning', failed: 'FAILED ', 'not-run': 'not run' };

/** A report for people: what is wrong, as editors and terminals link it, then what was looked at. */
export function formatReport(
  { problems, checks, isPublishable }: CheckReport,
  place: ReadScenarioFile['place'],
): string[] {
  const { file } = place({});
  const lines = problems
    .map(place)
    .flatMap(({ file: own, severity, code, message, remedy, line, column, transcript = [] }) => [
      `${own}:${line}:${column} ${severity}: ${message} [${code}]`,
      `    ${remedy}`,
      ...transcript.map((spoken) => `      | ${spoken}`),
    ]);
  const outcomes = isSkipped(checks)
    ? [`  ${marks['not-run']}  the checks. (${checks[0]?.note ?? ''})`]
    : checks.map(tellOutcome);
  const count = (wanted: string): string => {
    const { length } = problems.filter(({ severity }) => severity === wanted);
    return `${length} ${wanted}${length === 1 ? '' : 's'}`;
  };
  const verdict = isPublishable ? 'can be published' : 'cannot be published';
  return [...lines, `${file} ${verdict}: ${count('error')}, ${count('warning')}`, ...outcomes];
}

/** True where none was run, all for the same reason. */
function isSkipped(checks: CheckReport['checks']): boolean {
  return checks.every(({ outcome, note }) => outcome === 'not-run' && note !== undefined && note === checks[0]?.note);
}

function tellOutcome({ name, outcome, promise, note }: CheckReport['checks'][number]): string {
  return `  ${marks[outcome]}  ${name}: ${promise}${note === undefined ? '' : ` (${note})`}`;
}
