import { z } from 'zod';
import { configurationResponseSchema } from '../../../contracts/configuration-schema.ts';
import type { HttpResponse } from '../../../contracts/http-client.ts';
import { mediaFileSchema } from '../../../contracts/media-file-schema.ts';
import { ApiUnreachableError, createApiClient, type ApiAddress } from '../../api-client.ts';
import { toKnownConfiguration, type KnownConfiguration } from './known-configuration.ts';

/**
 * Reads what is in force from a running Attendant, with its published scenarios and its files.
 * @throws ApiUnreachableError where nobody answers, the token is not good for it, or the answer is not Attendant's
 */
export async function fetchCheckConfiguration(address: ApiAddress): Promise<KnownConfiguration> {
  const call = createApiClient(address);
  const [{ documents, pinnedScenarios }, { items }] = await Promise.all([
    read(address, {
      what: 'its configuration',
      asked: call('GET /api/v1/configuration'),
      schema: configurationResponseSchema,
    }),
    read(address, {
      what: 'its files',
      asked: call('GET /api/v1/files'),
      schema: z.object({ items: z.array(mediaFileSchema) }),
    }),
  ]);
  const known = toKnownConfiguration(
    documents,
    pinnedScenarios.map(({ source }) => source),
  );
  const files = items.map(({ id, type }) => ({ id, type }));
  return { ...known, configuration: { ...known.configuration, files } };
}

/** It may be an Attendant of another version. */
async function read<Body>(
  { url }: ApiAddress,
  { what, asked, schema }: { what: string; asked: Promise<HttpResponse<unknown>>; schema: z.ZodType<Body> },
): Promise<Body> {
  const response = await asked;
  if (!response.ok) {
    const remedy = response.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
    throw new ApiUnreachableError(`${url} refuses ${what}: ${response.error.message}${remedy}`);
  }
  const body = schema.safeParse(response.body);
  if (body.success) return body.data;
  throw new ApiUnreachableError(`${url} does not tell ${what} as this Attendant would: is it of another version?`);
}
