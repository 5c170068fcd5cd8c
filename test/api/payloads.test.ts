import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postWebhook } from './support/post-webhook.ts';
import { startApi, type TestApi } from './support/start-api.ts';

interface ManifestRow {
  file: string;
  events?: { channel: string; page?: string; user?: string | null; outcome: string }[];
}

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'payloads');
const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as ManifestRow[];
const waking = ['user_message', 'postback', 'referral', 'optin'];

let api: TestApi;
beforeAll(async () => {
  api = await startApi(({ settings }) => ({ settings: { ...settings, bodyLimitBytes: 8 * 1024 * 1024 } }));
  const pages = new Set(manifest.flatMap(({ events = [] }) => events.flatMap(({ page }) => (page ? [page] : []))));
  const accounts = [...pages].map((pageId, index) => ({
    kind: 'account',
    name: `account ${index}`,
    pageId,
    pageToken: 't',
    appSecret: 'secret',
  }));
  expect((await api.apply(accounts)).status).toBe(200);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.actors.delivered.length = 0;
});

describe('a webhook body from the field', () => {
  it.each(manifest.map((row) => [row.file, row] as const))(
    '%s is acknowledged, and wakes whom it should',
    async (file, row) => {
      const payload = await readFile(path.join(folder, file));
      expect((await postWebhook(api, payload, 'secret')).status).toBe(200);
      const expected = (row.events ?? [])
        .filter(({ outcome, channel, user }) => waking.includes(outcome) && channel === 'messaging' && user)
        .map(({ page, user }) => `${page} ${user}`);
      const woken = api.actors.delivered.flatMap(([{ pageId, psid }, events]) => events.map(() => `${pageId} ${psid}`));
      expect(woken.toSorted()).toEqual(expected.toSorted());
    },
  );
});
