import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { numberOf } from '../../adapters/mongo/configuration/publications-repository.ts';
import { REPORT_LIMITS, type PublicationReport, type ShownAtPublishing } from '../../contracts/publication-report.ts';
import { truncateText } from '../../contracts/split-text.ts';
import type { CheckReportView } from '../../contracts/scenario-schema.ts';
import type { AppDependencies } from '../dependencies.ts';

interface Reported {
  /** What is published: its name, number and version. */
  publication: { name: string; number?: number; version: string };
  before: ScenarioHead | undefined;
  source: string;
  /** What the checks say; absent where they were not asked. */
  report?: CheckReportView;
  shown?: ShownAtPublishing | undefined;
  canary?: PublicationReport['canary'];
}

/** Keeps what is known of a version as it is published; before it is in force, so that no publication is without. */
export async function keepReport(
  { store, scenarioChecks, scenarioMoves }: Pick<AppDependencies, 'store' | 'scenarioChecks' | 'scenarioMoves'>,
  { publication, before, source, report, shown = {}, canary }: Reported,
): Promise<void> {
  const { name, version } = publication;
  const was = before && (await store.scenarios.findSource(before.version));
  const [changes, running] = await Promise.all([
    scenarioChecks.compare(was?.source, source),
    scenarioMoves.countRunning({ scenario: name, exceptVersion: version, exceptEntries: [] }),
  ]);
  await store.publicationReports.add({
    scenario: name,
    number: numberOf(publication),
    version,
    ...(before && { since: { number: numberOf(before), version: before.version } }),
    changes: changes.slice(0, REPORT_LIMITS.changes).map((change) => ({
      ...change,
      title: change.title === null ? null : shorten(change.title),
    })),
    changesLeftOff: Math.max(0, changes.length - REPORT_LIMITS.changes),
    ...(report && { checks: countChecks(report) }),
    problems: (report?.problems ?? [])
      .slice(0, REPORT_LIMITS.problems)
      .map(({ severity, code, message, remedy, line }) => ({
        severity,
        code,
        message: shorten(message),
        remedy: shorten(remedy),
        line,
      })),
    problemsLeftOff: Math.max(0, (report?.problems.length ?? 0) - REPORT_LIMITS.problems),
    running,
    shown,
    ...(canary && { canary }),
  });
}

function countChecks({ checks }: CheckReportView): NonNullable<PublicationReport['checks']> {
  const count = (outcome: string): number => checks.filter((check) => check.outcome === outcome).length;
  return { passed: count('passed'), warned: count('warned'), failed: count('failed'), notRun: count('not-run') };
}

function shorten(text: string): string {
  const { characters } = REPORT_LIMITS;
  return text.length <= characters ? text : `${truncateText(text, characters - 1)}…`;
}
