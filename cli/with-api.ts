import type { HttpClient } from '../contracts/http-client.ts';
import type { CommandIo } from './command.ts';

/**
 * Does something with the running api and gives the exit code. Where it cannot be found, does not answer or refuses, the
 * person at the terminal is told why, and the code is 1. The client is loaded by commands that use it only.
 */
export async function withApi(
  { env, printError }: Pick<CommandIo, 'env' | 'printError'>,
  work: (call: HttpClient) => Promise<number>,
): Promise<number> {
  const { createApiClient, findApi, isApiFailure } = await import('./api-client.ts');
  try {
    return await work(createApiClient(await findApi(env)));
  } catch (error) {
    if (!isApiFailure(error)) throw error;
    printError(error.message);
    return 1;
  }
}
