import { writeFile } from 'node:fs/promises';
import { getCoveragePercent } from '../../../scenario-dsl/testing/coverage.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { formatJunit } from './format-junit.ts';
import { formatCoverage, formatSum, formatTests } from './format-tests.ts';
import { listTestFiles } from './list-test-files.ts';
import { runTestFile, type TestFileReport } from './run-test-file.ts';

interface TestRequest {
  given: string;
  /** Least coverage of blocks and of exits, in percent. */
  floor: number | undefined;
  hasCoverage: boolean;
  /** Where the JUnit report goes. */
  junit: string | undefined;
}

/** Runs a test file, or all of a folder, and prints what became of them. Gives the exit code. */
export async function testFiles({ given, floor, hasCoverage, junit }: TestRequest, io: CommandIo): Promise<number> {
  const files = await listTestFiles(given);
  if ('problem' in files) {
    io.printError(formatFileProblem(files.problem));
    return 1;
  }
  const reports: TestFileReport[] = [];
  for (const file of files) {
    const report = await runTestFile(file);
    reports.push(report);
    formatTests(report).forEach(io.print);
    if (hasCoverage && report.coverage) formatCoverage(report.coverage, floor).forEach(io.print);
  }
  formatSum(reports).forEach(io.print);
  if (junit !== undefined) await writeFile(junit, formatJunit(reports));
  return reports.every((report) => isPassed(report, floor)) ? 0 : 1;
}

function isPassed({ problems, tests, coverage }: TestFileReport, floor: number | undefined): boolean {
  if (problems.length > 0 || tests.some(({ failure }) => failure)) return false;
  return floor === undefined || (coverage !== undefined && getCoveragePercent(coverage) >= floor);
}
