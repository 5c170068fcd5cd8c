import { hashSource } from '../../adapters/hash-source.ts';
import type { CheckReportView } from '../../contracts/scenario-schema.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import type { CheckOptions, CheckProblem } from '../../scenario-dsl/checks/check-report.ts';
import type { CheckReport } from '../../scenario-dsl/checks/check-source.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import type { ScenarioChecks } from './scenario-checks.ts';

/** A source that may be published. `version`: sha256 of the text, in hex. */
export interface SoundScenario {
  version: string;
  source: string;
  document: ScenarioDocument;
  report: CheckReport;
}

/**
 * Checks a source as `attendant check` does and gives what is to be published.
 * @throws AppError SCENARIO_INVALID with every error and its place; warnings are in the report of a sound one
 */
export async function assessScenario(
  scenarioChecks: ScenarioChecks,
  source: string,
  options: CheckOptions,
): Promise<SoundScenario> {
  const version = hashSource(source);
  const report = await scenarioChecks.check(source, { ...options, version });
  const { document } = await scenarioChecks.parse(source);
  if (!report.isPublishable || !document) {
    throw new AppError('SCENARIO_INVALID', { details: errorsOf(report).map((problem) => toInputProblem(problem)) });
  }
  return { version, source, document, report };
}

/** What the checks say of a source, sound or not, as the API shows it: all that `attendant check --json` prints. */
export async function reportOn(
  scenarioChecks: ScenarioChecks,
  source: string,
  options: CheckOptions,
): Promise<CheckReportView> {
  return presentReport(await scenarioChecks.check(source, { ...options, version: hashSource(source) }));
}

/** A report as the API shows it. */
export function presentReport({ problems, checks, ...report }: CheckReport): CheckReportView {
  return {
    ...report,
    problems: problems.map((problem) => ({ ...problem })),
    checks: checks.map((check) => ({ ...check })),
  };
}

/** What keeps a source from being published. */
export function errorsOf({ problems }: CheckReport): CheckProblem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** A check's problem as errors of the API list it; `place` is where the source lies in the request. */
export function toInputProblem(
  { path, message, remedy, line, column, bytes, code, check, transcript }: CheckProblem,
  place = 'source',
): InputProblem {
  return {
    path: `${place}${path && `.${path}`}`,
    message,
    remedy,
    line,
    column,
    bytes,
    code,
    ...(check !== undefined && { check }),
    ...(transcript !== undefined && { transcript }),
  };
}
