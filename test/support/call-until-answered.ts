import type { RunningStack } from './running-stack.ts';
import { until } from './until.ts';

/**
 * Calls the api until it answers. A client that got no answer, or "not now", asks again with the same body, and so the same
 * `clientId`: nothing is done twice. @throws an error with the answer where it is refused
 */
export async function callUntilAnswered(
  stack: RunningStack,
  method: string,
  { route, body, token }: { route: string; body: object; token: string },
): Promise<void> {
  await until(
    `${route} to be answered`,
    async () => {
      const answer = await stack.call(method, route, { body, token }).catch(() => undefined);
      if (answer && answer.status >= 400 && answer.status !== 503)
        throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer !== undefined && answer.status < 300;
    },
    60_000,
  );
}
