import { z } from 'zod';
import { serviceViewSchema, userViewSchema } from '../../../contracts/configuration-view-schema.ts';
import type { CheckConfiguration } from '../../../scenario-dsl/checks/check-report.ts';
import { ApiUnreachableError, getFromApi, type ApiAddress } from '../../api-client.ts';

/**
 * Reads agents and services from a running Attendant.
 * @throws ApiUnreachableError where nobody answers, the token is not good for it, or the answer is not Attendant's
 */
export async function fetchCheckConfiguration(address: ApiAddress): Promise<CheckConfiguration> {
  const [users, services] = await Promise.all([
    fetchList(address, '/api/v1/users', userViewSchema),
    fetchList(address, '/api/v1/services', serviceViewSchema),
  ]);
  return {
    agents: users.map(({ username, skills }) => ({ username, skills })),
    services: services.map(({ name, skills }) => ({ name, skills })),
  };
}

async function fetchList<Item>(address: ApiAddress, route: string, schema: z.ZodType<Item>): Promise<Item[]> {
  const answer = await getFromApi<unknown>(address, route);
  if (!answer.ok) {
    const remedy = answer.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
    throw new ApiUnreachableError(`${address.url} refuses ${route}: ${answer.error.message}${remedy}`);
  }
  const list = z.object({ items: z.array(schema) }).safeParse(answer.body);
  if (list.success) return list.data.items;
  throw new ApiUnreachableError(
    `${address.url}${route} does not answer as this Attendant would: is it of another version?`,
  );
}
