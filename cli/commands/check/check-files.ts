import { checkSource, type CheckReport } from '../../../scenario-dsl/checks/check-source.ts';
import { ApiUnreachableError, findApiAt } from '../../api-client.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem, type FileProblem } from '../apply/file-problem.ts';
import { fetchCheckConfiguration } from './fetch-check-configuration.ts';
import { hashSource } from '../../../adapters/hash-source.ts';
import { formatReport } from './format-report.ts';
import { listScenarioFiles, type ScenarioFile } from './list-scenario-files.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { findLibrary } from './scenario-folder.ts';
import { readCheckConfiguration } from './read-check-configuration.ts';

interface CheckRequest {
  given: string;
  /** A folder of configuration files, or the address of a running Attendant. */
  config: string | undefined;
  /** Of that Attendant's admin; from the environment where absent. */
  token: string | undefined;
  isJson: boolean;
}

/** Checks a file or every scenario of a folder and prints the reports. Gives the exit code. */
export async function checkFiles({ given, isJson, ...rest }: CheckRequest, io: CommandIo): Promise<number> {
  const [listed, read] = await Promise.all([listScenarioFiles(given), readAnyConfiguration(rest, io.env)]);
  const unreadable = 'problem' in listed ? [listed.problem] : listed.unreadable;
  const problems = read?.problems ?? [];
  for (const problem of [...unreadable, ...problems]) io.printError(formatFileProblem(problem));
  if ('problem' in listed || problems.length > 0) return 1;
  const options = read?.configuration ? { configuration: read.configuration } : {};
  const reports = await Promise.all(
    listed.files.map(async ({ file, text, place }) => {
      const scenarios = await findLibrary(file, text, read?.scenarios);
      const report = checkSource(text, { ...options, version: hashSource(text), ...(scenarios && { scenarios }) });
      return { file, place, report };
    }),
  );
  printReports(reports, isJson, io);
  return unreadable.length === 0 && reports.every(({ report: { isPublishable } }) => isPublishable) ? 0 : 1;
}

interface FileReport {
  file: string;
  place: ScenarioFile['place'];
  report: CheckReport;
}

function printReports(reports: readonly FileReport[], isJson: boolean, io: CommandIo): void {
  if (isJson) {
    const told = reports.map(({ file, place, report }) => ({ file, ...report, problems: report.problems.map(place) }));
    io.print(JSON.stringify({ reports: told }, null, 2));
  } else for (const { report, place } of reports) formatReport(report, place).forEach(io.print);
}

interface ReadConfiguration extends Partial<Omit<KnownConfiguration, 'faults'>> {
  problems: FileProblem[];
}

async function readAnyConfiguration(
  { config, token }: Pick<CheckRequest, 'config' | 'token'>,
  env: NodeJS.ProcessEnv,
): Promise<ReadConfiguration | undefined> {
  if (config === undefined) return undefined;
  if (!/^https?:\/\//i.test(config)) return readCheckConfiguration(config, env);
  try {
    const { faults, ...known } = await fetchCheckConfiguration(await findApiAt(config, token, env));
    return {
      ...known,
      problems: faults.map(({ kind, name, message, remedy }) => ({
        file: `--config, ${kind} "${name}"`,
        message,
        remedy,
      })),
    };
  } catch (error) {
    if (!(error instanceof ApiUnreachableError)) throw error;
    return { problems: [{ file: '--config', message: error.message }] };
  }
}
