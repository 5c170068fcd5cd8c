import path from 'node:path';
import type { HttpClient } from '../../contracts/http-client.ts';
import { createApiClient } from '../../cli/api-client.ts';
import { readConfiguration } from '../../cli/commands/apply/read-configuration.ts';
import type { AccountDocument, ConfigurationDocument, UserDocument } from '../../contracts/configuration-schema.ts';

/** Where to seed. URLs have no slash at their end. */
export interface DemoTarget {
  apiUrl: string;
  adminToken: string;
  simulatorUrl: string;
  log: (line: string) => void;
}

/** Who can log in to the demo. */
export type DemoLogin = Pick<UserDocument, 'username' | 'role' | 'password'>;

const demoFile = path.join(import.meta.dirname, 'demo.yaml');

async function readDemo(): Promise<ConfigurationDocument[]> {
  const { documents, problems } = await readConfiguration(demoFile, {});
  if (problems.length > 0)
    throw new Error(`${demoFile} is broken: ${problems.map(({ message }) => message).join(', ')}`);
  return documents.map(({ value }) => value as ConfigurationDocument);
}

async function registerPage({ simulatorUrl, apiUrl }: DemoTarget, account: AccountDocument): Promise<void> {
  const { pageId, appSecret, pageToken } = account;
  const webhookUrl = `${apiUrl}/clientweb/fb/webhook`;
  const response = await fetch(`${simulatorUrl}/simulator/pages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pageId, name: 'Attendant Demo', appSecret, pageToken, webhookUrl }),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to the demo Page`);
}

/** Seeded once: what was changed since is the user's. The users come last in an apply, so the last of them tells. */
async function isSeeded(call: HttpClient, lastUser: string): Promise<boolean> {
  const response = await call('GET /api/v1/users');
  if (!response.ok) throw new Error(`the api answered ${response.status} to the list of users`);
  return response.body.items.some(({ username }) => username === lastUser);
}

/**
 * Gives a fresh stack something to play with: one simulated Page, the Mobile Chat scenario, a service and a user of
 * each role. Harmless to repeat; gives the log-ins, which are fixed and good for this machine only.
 */
export async function seedDemo(target: DemoTarget): Promise<DemoLogin[]> {
  const documents = await readDemo();
  const account = documents.find((document) => document.kind === 'account');
  const users = documents.filter((document) => document.kind === 'user');
  const lastUser = users.at(-1);
  if (!account || !lastUser) throw new Error(`${demoFile} names no account or no user`);
  await registerPage(target, account);
  const call = createApiClient({ url: target.apiUrl, token: target.adminToken });
  if (!(await isSeeded(call, lastUser.username))) {
    const response = await call('POST /api/v1/configuration/apply', { body: { documents } });
    if (!response.ok)
      throw new Error(`the demo was refused: ${response.error.message} ${JSON.stringify(response.error.details)}`);
  }
  for (const { role, username, password } of users) target.log(`demo ${role}: ${username} / ${password}`);
  return users.map(({ username, role, password }) => ({ username, role, password }));
}
