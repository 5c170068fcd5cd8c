import type { ErrorBody } from '../../../contracts/http-api-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import type { CommandIo } from '../../command.ts';
import { withApi } from '../../with-api.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import type { ReadScenarioFile } from '../../read-scenario-file.ts';

/** Asks the api and prints why it refuses; undefined then. `place`: where a problem of the text that is sent stands. */
export async function askApi<Body>(
  io: CommandIo,
  ask: (call: HttpClient) => Promise<HttpResponse<Body>>,
  place?: ReadScenarioFile['place'],
): Promise<Body | undefined> {
  let body: Body | undefined;
  await withApi(io, async (call) => {
    const response = await ask(call);
    if (response.ok) body = response.body;
    else for (const line of formatRefusal(response.error, place)) io.printError(line);
    return response.ok ? 0 : 1;
  });
  return body;
}

function formatRefusal({ message, details }: ErrorBody, place: ReadScenarioFile['place'] = inRequest): string[] {
  const problems = details.map(({ line, column, path, message: problem, remedy, transcript = [] }) => {
    const at = line === undefined ? { file: path } : place({ line, column });
    return [formatFileProblem({ ...at, message: problem, remedy }), ...transcript.map((said) => `      | ${said}`)];
  });
  return [...problems.flat(), message];
}

const inRequest: ReadScenarioFile['place'] = (problem) => ({ ...problem, file: 'request' });
