import type { ErrorBody } from '../../../contracts/http-api-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import type { CommandIo } from '../../command.ts';
import { withApi } from '../../with-api.ts';
import { formatFileProblem } from '../apply/file-problem.ts';

/** Asks the api and prints why it refuses; undefined then. Problems of a text are told with `file` as their place. */
export async function askApi<Body>(
  io: CommandIo,
  ask: (call: HttpClient) => Promise<HttpResponse<Body>>,
  file = 'request',
): Promise<Body | undefined> {
  let body: Body | undefined;
  await withApi(io, async (call) => {
    const response = await ask(call);
    if (response.ok) body = response.body;
    else for (const line of formatRefusal(response.error, file)) io.printError(line);
    return response.ok ? 0 : 1;
  });
  return body;
}

function formatRefusal({ message, details }: ErrorBody, file: string): string[] {
  const problems = details.map(({ line, column, path, message: problem, remedy, transcript = [] }) => {
    const place = line === undefined ? { file: path } : { file, line, column };
    return [formatFileProblem({ ...place, message: problem, remedy }), ...transcript.map((said) => `      | ${said}`)];
  });
  return [...problems.flat(), message];
}
