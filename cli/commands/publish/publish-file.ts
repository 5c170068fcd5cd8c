import type { CanaryRequest } from '../../../contracts/publication-schema.ts';
import type { CheckReportView, Publication, PublishResponse } from '../../../contracts/scenario-schema.ts';
import type { CheckReport } from '../../../scenario-dsl/checks/check-source.ts';
import type { CommandIo } from '../../command.ts';
import { readScenarioFile, type ReadScenarioFile } from '../../read-scenario-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { formatReport } from '../check/format-report.ts';
import { askApi } from './ask-api.ts';

interface PublishRequest {
  file: string;
  note: string | undefined;
  author: string | undefined;
  expect: string | undefined;
  /** For a part of the new conversations. */
  canary: CanaryRequest | undefined;
  isDryRun: boolean;
  isJson: boolean;
}

/** Publishes a file, or with `isDryRun` says what the checks of the running Attendant say of it. Gives the exit code. */
export async function publishFile(request: PublishRequest, io: CommandIo): Promise<number> {
  const { file, isDryRun } = request;
  const read = await readScenarioFile(file);
  if ('problem' in read) {
    io.printError(formatFileProblem(read.problem));
    return 1;
  }
  return isDryRun ? dryRun({ ...request, read }, io) : publish({ ...request, read }, io);
}

async function dryRun({ read, isJson }: PublishRequest & { read: ReadScenarioFile }, io: CommandIo): Promise<number> {
  const report = await askApi(
    io,
    (call) => call('POST /api/v1/scenarios/check', { body: { source: read.text } }),
    read.place,
  );
  if (!report) return 1;
  if (isJson) io.print(JSON.stringify(report, null, 2));
  else printReport(report, read, io);
  return report.isPublishable ? 0 : 1;
}

async function publish(request: PublishRequest & { read: ReadScenarioFile }, io: CommandIo): Promise<number> {
  const { read, note, expect: expectedVersion, canary, isJson } = request;
  const author = request.author ?? io.env['USER'];
  const body = { source: read.text, note, author, expectedVersion, canary };
  const response = await askApi(io, (call) => call('POST /api/v1/scenarios/publish', { body }), read.place);
  if (!response) return 1;
  if (isJson) io.print(JSON.stringify(response, null, 2));
  else {
    printReport(response.report, read, io);
    io.print(tellPublication(response));
  }
  return 0;
}

/** The API gives a report as the checks made it. */
function printReport(report: CheckReportView, { place }: ReadScenarioFile, io: CommandIo): void {
  formatReport(report as CheckReport, place).forEach(io.print);
}

/** What a publication has come to, in a line or two. */
export function tellPublication({ outcome, publication, endedCanary }: PublishResponse): string {
  const { name, number, isCanary } = publication;
  const what = `${name}@${shorten(publication)} (number ${number})`;
  if (outcome === 'unchanged')
    return isCanary
      ? `${what} is the canary already: nothing was changed. Widen it with: attendant canary ${name} --percent <1-99>`
      : `${what} is in force already: nothing was changed`;
  const ended = endedCanary === null ? '' : `\nThe canary (number ${endedCanary}) has ended by it`;
  if (isCanary) return `${what} is the canary: a part of the new conversations begins with it${ended}`;
  return `${what} is in force for new conversations; running ones keep their version${ended}`;
}

/** The first digits of a version, as entries and commands take them. */
export function shorten({ version }: Pick<Publication, 'version'>): string {
  return version.slice(0, 12);
}
