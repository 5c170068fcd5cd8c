import { configurationResponseSchema } from '../../../contracts/configuration-schema.ts';
import { ApiUnreachableError, createApiClient, type ApiAddress } from '../../api-client.ts';
import { toKnownConfiguration, type KnownConfiguration } from './known-configuration.ts';

/**
 * Reads what is in force from a running Attendant, with its published scenarios.
 * @throws ApiUnreachableError where nobody answers, the token is not good for it, or the answer is not Attendant's
 */
export async function fetchCheckConfiguration(address: ApiAddress): Promise<KnownConfiguration> {
  const { url } = address;
  const response = await createApiClient(address)('GET /api/v1/configuration');
  if (!response.ok) {
    const remedy = response.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
    throw new ApiUnreachableError(`${url} refuses its configuration: ${response.error.message}${remedy}`);
  }
  // It may be an Attendant of another version.
  const body = configurationResponseSchema.safeParse(response.body);
  if (body.success) return toKnownConfiguration(body.data.documents);
  throw new ApiUnreachableError(
    `${url} does not tell its configuration as this Attendant would: is it of another version?`,
  );
}
