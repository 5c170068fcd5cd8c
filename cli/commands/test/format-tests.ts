import { percentOf, type Coverage, type CoveredShare } from '../../../scenario-dsl/testing/coverage.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import type { TestFileReport } from './run-test-file.ts';

/** Each test of a file, and of one that failed the chat up to the difference. */
export function formatTests({ file, problems, tests }: TestFileReport): string[] {
  return [
    ...problems.map(formatFileProblem),
    ...(problems.length > 0 ? [] : [file]),
    ...tests.flatMap(({ name, failure, line }) =>
      failure
        ? [`  FAILED  ${name}  (${file}:${line ?? 1})`, ...failure.lines.map((text) => `    ${text}`)]
        : [`  ok      ${name}`],
    ),
  ];
}

/** How much the tests have covered, and what they have not. */
export function formatCoverage({ blocks, exits }: Coverage, floor: number | undefined): string[] {
  return [...formatShare('blocks', blocks, floor), ...formatShare('exits', exits, floor)];
}

function formatShare(what: string, share: CoveredShare, floor: number | undefined): string[] {
  const percent = percentOf(share);
  const verdict = floor !== undefined && percent < floor ? `, below the floor of ${floor} %` : '';
  return [
    `  ${what} covered: ${share.covered} of ${share.total} (${Math.floor(percent)} %)${verdict}`,
    ...share.missing.map((name) => `    not covered: ${name}`),
  ];
}

/** All files in one line. */
export function formatSum(reports: readonly TestFileReport[]): string[] {
  const tests = reports.flatMap((report) => report.tests);
  const failed = tests.filter(({ failure }) => failure).length;
  const refused = reports.filter(({ problems }) => problems.length > 0).length;
  const steps = tests.reduce((sum, test) => sum + test.steps, 0);
  const ms = reports.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const rate = ms > 0 ? `, ${steps} steps in ${ms.toFixed(1)} ms (${Math.round((1000 * steps) / ms)} steps/s)` : '';
  const unread = refused === 0 ? '' : `, ${refused} files could not be run`;
  return [`${tests.length - failed} passed, ${failed} failed${unread}${rate}`];
}
