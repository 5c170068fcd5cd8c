import { once } from 'node:events';
import type { Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { findFreePort } from '../../dev/embedded/free-ports.ts';

const CLIENT = { id: 'attendant', secret: 'a-secret-of-the-client-for-tests' };

/** Somebody whom the provider knows: what it tells of them. */
interface ProviderPerson {
  preferred_username?: string;
  name?: string;
  groups?: readonly string[];
}

export interface TestOidcProvider {
  issuer: string;
  client: typeof CLIENT;
  /** By subject; may be changed while it runs. */
  people: Map<string, ProviderPerson>;
  stop(): Promise<void>;
}

/** A certified provider on this machine, whose log-in asks for the subject alone. */
export async function startOidcProvider(redirectUri: string, onPort?: number): Promise<TestOidcProvider> {
  const port = onPort ?? (await findFreePort());
  const issuer = `http://127.0.0.1:${port}`;
  const people = new Map<string, ProviderPerson>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
    cookies: { keys: ['cookies of a test'] },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ sub, ...person }) };
    },
  });
  const server: Server = provider.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    client: CLIENT,
    people,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A browser's way through the provider as a person, from where a log-in leads; gives where it leads back to. */
export async function logInAtProvider(url: string, subject: string): Promise<string> {
  const visit = createVisitor();
  let at = url;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const { location, page } = await visit(at, form);
    form = location === undefined ? answerTo(page, subject) : undefined;
    at = location ?? at;
    if (!at.startsWith(new URL(url).origin)) return at;
  }
  throw new Error('The provider leads nowhere');
}

/** Keeps cookies, and tells where a page leads. */
function createVisitor(): (
  url: string,
  form: URLSearchParams | undefined,
) => Promise<{ location: string | undefined; page: string }> {
  const cookies = new Map<string, string>();
  return async (url, form) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return { location: location === null ? undefined : new URL(location, url).href, page: await response.text() };
  };
}

function answerTo(page: string, subject: string): URLSearchParams {
  const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
  if (prompt === undefined) throw new Error(`The provider shows: ${page.slice(0, 300)}`);
  return new URLSearchParams({ prompt, ...(prompt === 'login' && { login: subject, password: 'any' }) });
}
