import type { ErrorBody } from '../../../contracts/http-api-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import { createApiClient, findApi, isApiFailure } from '../../api-client.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem } from '../apply/file-problem.ts';

/** Asks the api and prints why it refuses; undefined then. Problems of a text are told with `file` as their place. */
export async function askApi<Body>(
  { env, printError }: CommandIo,
  ask: (call: HttpClient) => Promise<HttpResponse<Body>>,
  file = 'request',
): Promise<Body | undefined> {
  try {
    const response = await ask(createApiClient(await findApi(env)));
    if (response.ok) return response.body;
    for (const line of formatRefusal(response.error, file)) printError(line);
    return undefined;
  } catch (error) {
    if (!isApiFailure(error)) throw error;
    printError(error.message);
    return undefined;
  }
}

function formatRefusal({ message, details }: ErrorBody, file: string): string[] {
  const problems = details.map(({ line, column, path, message: problem, remedy, transcript = [] }) => {
    const place = line === undefined ? { file: path } : { file, line, column };
    return [formatFileProblem({ ...place, message: problem, remedy }), ...transcript.map((said) => `      | ${said}`)];
  });
  return [...problems.flat(), message];
}
