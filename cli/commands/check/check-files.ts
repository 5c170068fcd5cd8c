import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { formatReport } from './format-report.ts';
import { listScenarioFiles } from './list-scenario-files.ts';
import { readCheckConfiguration } from './read-check-configuration.ts';

interface CheckRequest {
  given: string;
  config: string | undefined;
  isJson: boolean;
}

/** Checks a file or every scenario of a folder and prints the reports. Gives the exit code. */
export async function checkFiles({ given, config, isJson }: CheckRequest, io: CommandIo): Promise<number> {
  const [files, read] = await Promise.all([
    listScenarioFiles(given),
    config === undefined ? undefined : readCheckConfiguration(config, io.env),
  ]);
  const problems = [...('problem' in files ? [files.problem] : []), ...(read?.problems ?? [])];
  for (const problem of problems) io.printError(formatFileProblem(problem));
  if ('problem' in files || problems.length > 0) return 1;
  const options = read ? { configuration: read.configuration } : {};
  const reports = files.map(({ file, text }) => ({ file, ...checkSource(text, options) }));
  if (isJson) io.print(JSON.stringify({ reports }, null, 2));
  else for (const report of reports) formatReport(report).forEach(io.print);
  return reports.every(({ isPublishable }) => isPublishable) ? 0 : 1;
}
