import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../../scenario-dsl/export/to-xstate.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import type { CommandIo } from '../../command.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';

interface Drawing {
  form: 'xstate' | 'mermaid';
  hasFailures: boolean;
}

/** Prints a scenario file in another form. Gives the exit code. */
export async function drawFile(file: string, { form, hasFailures }: Drawing, io: CommandIo): Promise<number> {
  const source = await readScenarioFile(file);
  if ('problem' in source) {
    io.printError(formatFileProblem(source.problem));
    return 1;
  }
  const { document, problems } = parseScenario(source.text);
  if (!document) {
    for (const problem of problems) io.printError(formatFileProblem(source.place(problem)));
    return 1;
  }
  io.print(
    form === 'xstate' ? JSON.stringify(toXstate(document), null, 2) : toMermaid(document, { hasFailures }).trimEnd(),
  );
  return 0;
}
