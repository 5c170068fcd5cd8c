import type { ActivityDependencies } from '../dependencies.ts';
import { OperationFailure } from './operation-handler.ts';

/**
 * The value behind a reference: from here on it is in the memory of this process only.
 * @throws OperationFailure where there is no such secret
 */
export async function findSecret(
  { configuration }: Pick<ActivityDependencies, 'configuration'>,
  name: string,
): Promise<string> {
  const find = async (snapshot: ReturnType<typeof configuration.get>): Promise<string | undefined> =>
    (await snapshot).secrets().find((secret) => secret.name === name)?.value;
  // One applied a moment ago is not missed.
  const value = (await find(configuration.get())) ?? (await find(configuration.refreshNow()));
  if (value === undefined) throw new OperationFailure(`The configuration has no secret "${name}".`);
  return value;
}
