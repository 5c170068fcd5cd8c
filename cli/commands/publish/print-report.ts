import type { PublicationReportView } from '../../../contracts/publication-schema.ts';
import type { CommandIo } from '../../command.ts';
import { askApi } from './ask-api.ts';
import { describeEnd, describeVerdict } from './canary.ts';
import { shorten } from './publish-file.ts';

/** Prints what was known of a publication as it was made. Gives the exit code. */
export async function printPublicationReport(
  { name, number, isJson }: { name: string; number: number; isJson: boolean },
  io: CommandIo,
): Promise<number> {
  const report = await askApi(io, (call) =>
    call('GET /api/v1/scenarios/:name/publications/:number', { params: { name, number } }),
  );
  if (!report) return 1;
  if (isJson) io.print(JSON.stringify(report, null, 2));
  else describeReport(report).forEach(io.print);
  return 0;
}

function describeReport(report: PublicationReportView): string[] {
  const { scenario, number, publishedAt, author, note, isRollback, canary } = report;
  const what = canary ? 'canary' : isRollback ? 'roll-back' : 'published';
  return [
    `${scenario}@${shorten(report)} (number ${number}), ${what} ${publishedAt} by ${author ?? 'unknown'}`,
    ...(note === null ? [] : [`note: ${note}`]),
    ...describeChanges(report),
    ...describeChecks(report),
    ...describeShown(report),
    ...describeTried(canary),
  ];
}

const PARTS = { title: 'title', type: 'kind of block', settings: 'settings', ways: 'ways out' } as const;
const KINDS = { added: 'new', removed: 'gone', changed: 'changed' } as const;

function describeChanges({ since, changes, changesLeftOff }: PublicationReportView): string[] {
  const head = since ? `changes since number ${since.number}:` : 'the first publication:';
  const rows = changes.map(({ block, title, kind, parts }) => {
    const words = [KINDS[kind], ...(parts.length > 0 ? [parts.map((part) => PARTS[part]).join(', ')] : [])];
    return `  ${block}${title === null ? '' : ` (${title})`}: ${words.join(', ')}`;
  });
  return [head, ...(rows.length > 0 ? rows : ['  no block']), ...moreOf(changesLeftOff)];
}

function describeChecks({ checks, problems, problemsLeftOff }: PublicationReportView): string[] {
  const counts = checks && `${checks.passed} passed, ${checks.warned} with warnings, ${checks.failed} failed`;
  return [
    `checks: ${counts ?? 'not kept'}`,
    ...problems.map(({ severity, line, message }) => `  line ${line} ${severity}: ${message}`),
    ...moreOf(problemsLeftOff),
  ];
}

function describeShown({ running, shown: { tests, impact } }: PublicationReportView): string[] {
  const counts = Object.entries(impact?.counts ?? {}).map(([outcome, count]) => `${outcome} ${count}`);
  return [
    `tests: ${tests ? `${tests.passed} passed, ${tests.failed.length} failed` : 'not run'}`,
    ...(tests?.failed ?? []).map((name) => `  failed: ${name}`),
    `running conversations on other versions: ${running}`,
    ...(impact ? [`  they were to ${FATES[impact.fate]}; tried: ${counts.join(', ') || 'none'}`] : []),
  ];
}

const FATES = { stay: 'stay', move: 'move', agent: 'go to an agent' } as const;

function describeTried(canary: PublicationReportView['canary']): string[] {
  if (!canary) return [];
  const steps = canary.steps.map(({ percent, at, by }) => `  ${percent} % from ${at} by ${by}`);
  return [
    `canary: ${canary.end ? describeEnd(canary.end) : 'runs'}`,
    ...steps,
    ...(canary.end?.verdicts ?? []).map((verdict) => `  ${describeVerdict(verdict)}`),
  ];
}

function moreOf(count: number): string[] {
  return count > 0 ? [`  and ${count} more`] : [];
}
