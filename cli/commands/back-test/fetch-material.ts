import { z } from 'zod';
import { storedConversationSchema, type StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import type { HttpClient, HttpResponse } from '../../../contracts/http-client.ts';
import { createApiClient, type ApiAddress } from '../../api-client.ts';
import { MaterialError, type BackTestMaterial } from './back-test-material.ts';

const listedSchema = z.object({
  items: z.array(z.object({ id: z.string(), scenario: z.object({ name: z.string() }).nullable() })),
  next: z.string().nullable(),
});
const versionSchema = z.object({ source: z.string() });

const PAGE = 200;
/** Calls at a time: a back-test is in nobody's hurry, and the api has customers. */
const AT_A_TIME = 4;
/** So many conversations are looked through at most for those of one scenario. */
const MOST_LISTED = 50_000;

/** Reads the newest ended conversations of a scenario, and their versions, from a running Attendant. @throws MaterialError */
export async function fetchMaterial(
  address: ApiAddress,
  wanted: { scenario: string; limit: number },
): Promise<BackTestMaterial> {
  const call = createApiClient(address);
  const read = createReader(address);
  const ids = await listIds({ call, read }, wanted);
  const conversations: StoredConversation[] = [];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const some = ids.slice(from, from + AT_A_TIME).map((id) => {
      const reading = call('GET /api/v1/conversations/:id/inputs', { params: { id } });
      return read(`conversation ${id}`, reading, storedConversationSchema);
    });
    conversations.push(...(await Promise.all(some)));
  }
  const versions = new Set(conversations.flatMap(({ scenario: ran }) => (ran ? [ran.version] : [])));
  const sources = new Map<string, string>();
  for (const version of versions) {
    const params = { name: wanted.scenario, version };
    const response = await call('GET /api/v1/scenarios/:name/versions/:version', { params });
    const found = response.ok ? versionSchema.safeParse(response.body) : undefined;
    // One that is gone is told with each conversation of it.
    if (found?.success) sources.set(version, found.data.source);
  }
  return { conversations, sources };
}

async function listIds(
  { call, read }: { call: HttpClient; read: Reader },
  { scenario, limit }: { scenario: string; limit: number },
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  for (let seen = 0; cursor !== null && ids.length < limit && seen < MOST_LISTED; seen += PAGE) {
    const query = { state: 'ended', limit: PAGE, ...(cursor !== undefined && { cursor }) } as const;
    const reading = call('GET /api/v1/conversations', { query });
    const page: z.infer<typeof listedSchema> = await read('its conversations', reading, listedSchema);
    ids.push(...page.items.filter((item) => item.scenario?.name === scenario).map(({ id }) => id));
    cursor = page.next;
  }
  return ids.slice(0, limit);
}

type Reader = <Body>(what: string, reading: Promise<HttpResponse<unknown>>, schema: z.ZodType<Body>) => Promise<Body>;

/** It may be an Attendant of another version. */
function createReader({ url }: ApiAddress): Reader {
  return async (what, reading, schema) => {
    const response = await reading;
    if (!response.ok) {
      const remedy = response.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
      throw new MaterialError(`${url} refuses ${what}: ${response.error.message}${remedy}`);
    }
    const parsed = schema.safeParse(response.body);
    if (parsed.success) return parsed.data;
    throw new MaterialError(`${url} does not tell ${what} as this Attendant would: is it of another version?`);
  };
}
