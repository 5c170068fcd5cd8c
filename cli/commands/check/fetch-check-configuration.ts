import { z } from 'zod';
import { mediaFileSchema } from '../../../contracts/media-file-schema.ts';
import {
  modelViewSchema,
  secretViewSchema,
  serviceViewSchema,
  userViewSchema,
} from '../../../contracts/configuration-view-schema.ts';
import type { CheckConfiguration } from '../../../scenario-dsl/checks/check-report.ts';
import type { HttpResponse } from '../../../contracts/http-client.ts';
import { ApiUnreachableError, createApiClient, type ApiAddress } from '../../api-client.ts';

/**
 * Reads agents, services, files and the names of models and secrets from a running Attendant.
 * @throws ApiUnreachableError where nobody answers, the token is not good for it, or the answer is not Attendant's
 */
export async function fetchCheckConfiguration(address: ApiAddress): Promise<CheckConfiguration> {
  const call = createApiClient(address);
  const [users, services, files, models, secrets] = await Promise.all([
    read(address, { what: 'its users', listed: call('GET /api/v1/users'), schema: userViewSchema }),
    read(address, { what: 'its services', listed: call('GET /api/v1/services'), schema: serviceViewSchema }),
    read(address, { what: 'its files', listed: call('GET /api/v1/files'), schema: mediaFileSchema }),
    read(address, { what: 'its models', listed: call('GET /api/v1/models'), schema: modelViewSchema }),
    read(address, { what: 'its secrets', listed: call('GET /api/v1/secrets'), schema: secretViewSchema }),
  ]);
  return {
    agents: users.map(({ username, skills }) => ({ username, skills })),
    services: services.map(({ name, skills }) => ({ name, skills })),
    files: files.map(({ id, type }) => ({ id, type })),
    models: models.map(({ name }) => name),
    secrets: secrets.map(({ name }) => name),
  };
}

/** It may be an Attendant of another version. */
async function read<Item>(
  { url }: ApiAddress,
  { what, listed, schema }: { what: string; listed: Promise<HttpResponse<unknown>>; schema: z.ZodType<Item> },
): Promise<Item[]> {
  const response = await listed;
  if (!response.ok) {
    const remedy = response.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
    throw new ApiUnreachableError(`${url} refuses ${what}: ${response.error.message}${remedy}`);
  }
  const list = z.object({ items: z.array(schema) }).safeParse(response.body);
  if (list.success) return list.data.items;
  throw new ApiUnreachableError(`${url} does not tell ${what} as this Attendant would: is it of another version?`);
}
