import { z } from 'zod';
import { storedConversationSchema, type StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { getFromApi, type ApiAddress } from '../../api-client.ts';
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
  { scenario, limit }: { scenario: string; limit: number },
): Promise<BackTestMaterial> {
  const ids = await listIds(address, { scenario, limit });
  const conversations: StoredConversation[] = [];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const some = ids
      .slice(from, from + AT_A_TIME)
      .map((id) => `/api/v1/conversations/${encodeURIComponent(id)}/inputs`);
    conversations.push(...(await Promise.all(some.map((route) => read(address, route, storedConversationSchema)))));
  }
  const versions = new Set(conversations.flatMap(({ scenario: ran }) => (ran ? [ran.version] : [])));
  const sources = new Map<string, string>();
  for (const version of versions) {
    const route = `/api/v1/scenarios/${encodeURIComponent(scenario)}/versions/${version}`;
    const answer = await getFromApi<unknown>(address, route);
    const found = answer.ok ? versionSchema.safeParse(answer.body) : undefined;
    // One that is gone is told with each conversation of it.
    if (found?.success) sources.set(version, found.data.source);
  }
  return { conversations, sources };
}

async function listIds(
  address: ApiAddress,
  { scenario, limit }: { scenario: string; limit: number },
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  for (let seen = 0; cursor !== null && ids.length < limit && seen < MOST_LISTED; seen += PAGE) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const route = `/api/v1/conversations?state=ended&limit=${PAGE}${after}`;
    const page: z.infer<typeof listedSchema> = await read(address, route, listedSchema);
    ids.push(...page.items.filter((item) => item.scenario?.name === scenario).map(({ id }) => id));
    cursor = page.next;
  }
  return ids.slice(0, limit);
}

async function read<Body>(address: ApiAddress, route: string, schema: z.ZodType<Body>): Promise<Body> {
  const answer = await getFromApi<unknown>(address, route);
  if (!answer.ok) {
    const remedy = answer.status === 401 ? ' Give the admin token with --token or ATTENDANT_ADMIN_TOKEN.' : '';
    throw new MaterialError(`${address.url} refuses ${route}: ${answer.error.message}${remedy}`);
  }
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new MaterialError(`${address.url}${route} does not answer as this Attendant would: is it of another version?`);
}
