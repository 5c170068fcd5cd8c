import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigurationItemView } from '../../contracts/configuration-item-schema.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

async function read(): Promise<ConfigurationItemView[]> {
  return (await api.call('GET', '/api/v1/configuration/items', { token: ADMIN_TOKEN })).body.items;
}
async function find(kind: string, name: string): Promise<ConfigurationItemView> {
  const item = (await read()).find((each) => each.kind === kind && each.name === name);
  if (!item) throw new Error(`There is no ${kind} ${name}`);
  return item;
}
const applyAs = (body: object) =>
  api.call('POST', '/api/v1/configuration/apply', { token: ADMIN_TOKEN, body: { source: 'console', ...body } });

const byText = (all: object[]): string[] => all.map((each) => JSON.stringify(each)).toSorted();

describe('items of configuration', () => {
  it('are the documents that an export gives, all but scenarios', async () => {
    const exported = (await api.call('GET', '/api/v1/configuration', { token: ADMIN_TOKEN })).body.documents;
    const documents = (await read()).map(({ document }) => document);
    expect(byText(documents)).toEqual(byText(exported.filter((each: { kind: string }) => each.kind !== 'scenario')));
  });

  it('show the end of a long secret, and never more of it', async () => {
    await api.apply([
      { ...(await find('account', 'shop')).document, pageToken: 'EAAB-a-token-of-a-page-7f3c', appSecret: 'short' },
    ]);
    const { secretEnds } = await find('account', 'shop');
    expect(secretEnds).toMatchObject({ pageToken: '7f3c' });
    expect(secretEnds).not.toHaveProperty('appSecret');
    expect(JSON.stringify(await read())).not.toContain('EAAB');
  });

  it('know who changed them last, when, and by what', async () => {
    expect(await find('service', 'support')).toMatchObject({ source: 'files', changedBy: 'admin token' });
    const { document } = await find('service', 'support');
    await applyAs({ documents: [{ ...document, load: 40 }] });
    const changed = await find('service', 'support');
    expect(changed).toMatchObject({ source: 'console', changedBy: 'admin token' });
    await api.apply([changed.document]);
    const { source, changedAt } = await find('service', 'support');
    expect({ source, changedAt }).toEqual({ source: 'files', changedAt: changed.changedAt });
  });

  it('forget where a deleted one came from', async () => {
    await api.apply([{ kind: 'label', name: 'VIP' }]);
    await api.call('DELETE', '/api/v1/labels/VIP', { token: ADMIN_TOKEN });
    expect(await api.deps.store.itemSources.list()).not.toContainEqual(expect.objectContaining({ kind: 'label' }));
  });
});

describe('a change of what somebody has seen', () => {
  it('is refused where somebody else changed it meanwhile, and changes nothing', async () => {
    const seen = await find('service', 'support');
    const expected = [{ kind: 'service', name: 'support', version: seen.version }];
    expect((await applyAs({ documents: [{ ...seen.document, load: 40 }], expected })).status).toBe(200);
    const late = await applyAs({ documents: [{ ...seen.document, load: 50 }], expected });
    expect([late.status, late.body.code, late.body.details[0].path]).toEqual([
      409,
      'CONFIGURATION_CHANGED',
      'service.support',
    ]);
    expect((await find('service', 'support')).document).toMatchObject({ load: 40 });
  });

  it('is refused where the new name is taken, and where the item is gone', async () => {
    const label = { kind: 'label', name: 'VIP' };
    const asNew = { documents: [label], expected: [{ ...label, version: null }] };
    expect((await applyAs(asNew)).status).toBe(200);
    expect((await applyAs(asNew)).body.details[0].message).toBe('there is a label "VIP" already');
    const { version } = await find('label', 'VIP');
    await api.call('DELETE', '/api/v1/labels/VIP', { token: ADMIN_TOKEN });
    const gone = await applyAs({ documents: [label], expected: [{ ...label, version }] });
    expect(gone.body.details[0].message).toBe('label "VIP" was deleted');
  });
});
