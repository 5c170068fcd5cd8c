import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemo } from '../../dev/demo/seed-demo.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let apiUrl: string;
const pages: { pageId: string; webhookUrl: string }[] = [];
const simulator = createServer((request, response) => {
  request.setEncoding('utf8').on('data', (text: string) => pages.push(JSON.parse(text) as never));
  request.on('end', () => response.writeHead(201).end('{}'));
});

beforeAll(async () => {
  api = await startApi();
  apiUrl = await api.app.listen({ port: 0, host: '127.0.0.1' });
  await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  simulator.close();
  await api.stop();
});

it('seeds a Page, a scenario, a service and users of each role, once', async () => {
  const { port } = simulator.address() as AddressInfo;
  const lines: string[] = [];
  const target = {
    apiUrl,
    adminToken: ADMIN_TOKEN,
    simulatorUrl: `http://127.0.0.1:${port}`,
    log: (line: string) => void lines.push(line),
  };
  const logins = await seedDemo(target);
  expect(logins.map(({ role }) => role)).toEqual(['agent', 'agent', 'supervisor', 'admin']);
  expect(lines).toContain('demo agent: agent / demo-agent-password');
  expect(pages[0]).toMatchObject({ pageId: 'demo-page', webhookUrl: `${apiUrl}/clientweb/fb/webhook` });
  for (const { username, password } of logins) {
    expect((await api.call('POST', '/api/v1/session', { body: { username, password } })).status).toBe(200);
  }
  const { revision } = await api.deps.configuration.get();
  await seedDemo(target);
  expect(await api.deps.store.getRevision()).toBe(revision);
});
