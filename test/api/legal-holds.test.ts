import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSignedRequest } from '../../adapters/messenger/signed-request.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { carryOutErasures } from '../../api/privacy/erase-customers.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let psid: string;
const token = ADMIN_TOKEN;

beforeEach(async () => {
  psid = `psid-${randomUUID()}`;
  api = await startApi((deps) => ({ actors: { ...deps.actors, deleteConversationRuns: async () => 0 } }));
  await api.apply(smallConfiguration());
  const key = { pageId: 'page-1', psid };
  await createReadModel(api.db, Date.now).customers.recordProfile(key, { firstName: 'Zacharias' }, 1);
  await api.db.collection('conversations').insertOne({ _id: 'conv-1' as never, ...key });
  api.conversations.records.push({
    ...key,
    conversationId: 'conv-1',
    workflowId: 'w',
    revision: 1,
    state: 'ended',
    owner: 'scenario',
    startedAt: 1,
    servedBy: [],
  });
});
afterEach(() => api.stop());

const place = (body: object) => api.call('POST', '/api/v1/legal-holds', { token, body });
const erase = () => api.call('DELETE', `/api/v1/customers/page-1/${psid}`, { token });
const isKept = async () => (await api.db.collection('conversations').countDocuments({ psid })) === 1;
const ofCustomer = () => ({ customer: { pageId: 'page-1', psid }, reason: 'Case 7 at the district court' });

describe('a legal hold', () => {
  it('keeps a customer from being erased, which is told with the hold, until it is released', async () => {
    const { status, body } = await place(ofCustomer());
    expect(status).toBe(200);
    const refused = await erase();
    expect(refused).toMatchObject({ status: 409, body: { code: 'LEGAL_HOLD' } });
    expect(refused.body.details).toMatchObject([
      { message: expect.stringContaining('Case 7'), remedy: expect.stringContaining(body.id) },
    ]);
    expect(await isKept()).toBe(true);
    expect(await api.db.collection('erasures').countDocuments()).toBe(0);
    expect((await api.call('DELETE', `/api/v1/legal-holds/${body.id}`, { token })).status).toBe(204);
    expect((await erase()).status).toBe(200);
    expect(await isKept()).toBe(false);
  });

  it('on one conversation keeps its customer as well, and says which conversation', async () => {
    await place({ conversationId: 'conv-1', reason: 'Asked for by the police' });
    const { body } = await erase();
    expect(body.details).toMatchObject([{ message: expect.stringContaining('conversation conv-1') }]);
    expect(await isKept()).toBe(true);
  });

  it('on one identity of a person keeps all that were merged with it', async () => {
    const { contacts } = api.deps.people;
    const other = { pageId: 'page-1', psid: `other-${psid}` };
    const kept = await contacts.recognise({ pageId: 'page-1', psid }, {}, 1);
    const merged = await contacts.recognise(other, {}, 2);
    await contacts.merge({ keptId: kept.id, mergedId: merged.id }, { by: 'adam', at: 3 });
    await place(ofCustomer());
    const { body } = await api.call('DELETE', `/api/v1/customers/page-1/${other.psid}`, { token });
    expect(body.code).toBe('LEGAL_HOLD');
    expect(await contacts.findByPsid(other.psid)).not.toEqual([]);
  });

  it("lets Meta's request wait, which says so, and be carried out when the hold is released", async () => {
    const { body } = await place(ofCustomer());
    const signed = writeSignedRequest({ user_id: psid, algorithm: 'HMAC-SHA256' }, 'app-secret-1');
    const asked = await api.app.inject({
      method: 'POST',
      url: '/clientweb/fb/data-deletion',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ signed_request: signed }).toString(),
    });
    const { confirmation_code: code } = asked.json<{ confirmation_code: string }>();
    const status = async () => (await api.call('GET', `/clientweb/fb/data-deletion/${code}`)).text;
    await carryOutErasures(api.deps);
    expect(await status()).toContain('The law obliges us to keep the data');
    api.clock.aheadMs += 3_600_000;
    await carryOutErasures(api.deps);
    expect(await isKept()).toBe(true);
    expect(await api.db.collection('audit').countDocuments({ action: 'customer.erased' })).toBe(0);
    await api.call('DELETE', `/api/v1/legal-holds/${body.id}`, { token });
    await carryOutErasures(api.deps);
    expect(await isKept()).toBe(false);
    expect(await status()).toContain('has been deleted');
    expect(await api.db.collection('audit').countDocuments({ action: 'customer.erased' })).toBe(1);
  });

  it('keeps what came after an erasure from the look a minute later', async () => {
    const { body: erased } = await erase();
    await carryOutErasures(api.deps);
    await api.db.collection('customers').insertOne({ _id: `page-1:${psid}` as never, firstName: 'Zacharias' });
    await place(ofCustomer());
    api.clock.aheadMs += 61_000;
    await carryOutErasures(api.deps);
    expect(await api.db.collection('customers').countDocuments({ firstName: 'Zacharias' })).toBe(1);
    expect(await api.deps.erasures.find(erased.code)).toMatchObject({ state: 'erased' });
  });

  it('is placed by admins on what there is, listed with who and why, and audited without the PSID', async () => {
    const nobody = { customer: { pageId: 'page-1', psid: 'nobody' }, reason: 'x' };
    expect((await place(nobody)).status).toBe(404);
    expect((await place({ conversationId: 'no-such', reason: 'x' })).body.code).toBe('CONVERSATION_NOT_FOUND');
    expect((await place({ ...ofCustomer(), reason: '  ' })).status).toBe(400);
    const asSue = { token: await api.logIn('sue'), body: ofCustomer() };
    expect((await api.call('POST', '/api/v1/legal-holds', asSue)).status).toBe(403);
    const { body } = await place(ofCustomer());
    const listed = await api.call('GET', '/api/v1/legal-holds', { token });
    expect(listed.body.items).toEqual([
      {
        id: body.id,
        pageId: 'page-1',
        psid,
        reason: ofCustomer().reason,
        placedBy: 'admin token',
        placedAt: body.placedAt,
      },
    ]);
    await api.call('DELETE', `/api/v1/legal-holds/${body.id}`, { token });
    expect((await api.call('DELETE', `/api/v1/legal-holds/${body.id}`, { token })).status).toBe(404);
    const entries = await api.db
      .collection('audit')
      .find({ action: /^legal-hold/ })
      .toArray();
    expect(entries.map(({ action }) => action)).toEqual(['legal-hold.placed', 'legal-hold.released']);
    expect(JSON.stringify(entries)).not.toContain(psid);
  });

  it('is seen on the record by supervisors, and its reason by those who manage holds', async () => {
    const look = async (who: string) =>
      (await api.call('GET', '/api/v1/conversations/conv-1/legal-hold', { token: who })).body;
    const sue = await api.logIn('sue');
    expect(await look(sue)).toEqual({ isHeld: false, holds: [] });
    await place(ofCustomer());
    expect(await look(sue)).toEqual({ isHeld: true, holds: [] });
    expect(await look(token)).toMatchObject({ isHeld: true, holds: [{ reason: ofCustomer().reason }] });
  });
});
