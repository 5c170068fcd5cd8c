import * as fc from 'fast-check';
import type { Db } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createContactsRepository,
  ensureContactIndexes,
  type ContactsRepository,
} from '../../adapters/mongo/people/contacts-repository.ts';
import { contactName, type KnownContact } from '../../contracts/contact.ts';
import { Died, dyingDatabase } from '../support/dying-database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const onShop = { pageId: 'shop', psid: 'nadia-at-shop' };
const onHelp = { pageId: 'help', psid: 'nadia-at-help' };
let db: Db;
let contacts: ContactsRepository;

beforeEach(async () => {
  db = await createTestDatabase();
  await ensureContactIndexes(db);
  contacts = createContactsRepository(db);
});

/** What a contact says, without what only counts. */
async function look(id: string): Promise<Omit<KnownContact, 'revision' | 'updatedAt'> | undefined> {
  const found = await contacts.find(id, 9);
  if (!found) return undefined;
  const { revision: _revision, updatedAt: _updatedAt, ...rest } = found;
  return rest;
}

/** Two contacts of one person: at the shop with an address, at the help Page with a number and a tag. */
async function meetTwice(): Promise<{ keptId: string; mergedId: string }> {
  const [kept, merged] = [
    await contacts.recognise(onShop, { firstName: 'Nadia', lastName: 'Rahman' }, 1),
    await contacts.recognise(onHelp, { firstName: 'Nadja' }, 2),
  ];
  await contacts.change(kept.id, 3, (contact) => ({ ...contact, emails: ['Nadia@Rahman.example'], tags: ['Trade'] }));
  await contacts.change(merged.id, 3, (contact) => ({
    ...contact,
    company: 'Rahman Studio',
    phones: ['+46 70 123 45 67'],
    tags: ['Göteborg', 'trade'],
    custom: [{ name: 'tier', value: 'gold' }],
  }));
  return { keptId: kept.id, mergedId: merged.id };
}

describe('a contact', () => {
  it('is made when somebody writes, and found when they write again', async () => {
    const first = await contacts.recognise(onShop, { firstName: 'Nadia', lastName: 'Rahman' }, 1);
    const again = await contacts.recognise(onShop, { firstName: 'Somebody', lastName: 'Else' }, 2);
    expect(again.id).toBe(first.id);
    expect(contactName(again)).toBe('Nadia Rahman');
    expect((await look(first.id))?.identities).toEqual([onShop]);
  });

  it('gets its name when the profile is known at last, unless somebody has written one', async () => {
    const { id } = await contacts.recognise(onShop, {}, 1);
    expect(contactName(await contacts.recognise(onShop, { firstName: 'Nadia' }, 2))).toBe('Nadia');
    await contacts.change(id, 3, (contact) => ({ ...contact, firstName: 'Nadine' }));
    expect(contactName(await contacts.recognise(onShop, { firstName: 'Nadia' }, 4))).toBe('Nadine');
  });

  it('is one, however many processes make it at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_each, at) => contacts.recognise(onShop, {}, at)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it.each([0, 1])('is made by the next process where one is killed after write %i', async (after) => {
    const dying = createContactsRepository(dyingDatabase(db, after));
    await expect(dying.recognise(onShop, { firstName: 'Nadia' }, 1)).rejects.toThrow(Died);
    const made = await contacts.recognise(onShop, { firstName: 'Nadia' }, 2);
    const all = await contacts.list({}, { limit: 10 });
    expect(all.items.map(({ id, firstName }) => ({ id, firstName }))).toEqual([{ id: made.id, firstName: 'Nadia' }]);
  });
});

describe('the search for contacts', () => {
  it.each([
    ['nad', 'the beginning of a name, whatever its case'],
    ['RAHMAN nad', 'the beginnings of several words, in any order'],
    ['nadia@rah', 'the beginning of an e-mail address'],
    ['+46 70 123', 'the beginning of a number, however it is written'],
    ['0046701', 'a number with the other prefix'],
    ['gote', 'a tag without its accent'],
    ['studio', 'a word of the company'],
  ])('finds by "%s": %s', async (query) => {
    const { keptId, mergedId } = await meetTwice();
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    await contacts.recognise({ pageId: 'shop', psid: 'other' }, { firstName: 'Tom', lastName: 'Reed' }, 5);
    const { items } = await contacts.list({ query }, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([keptId]);
  });

  it('takes what looks like a pattern for a text', async () => {
    await meetTwice();
    expect((await contacts.list({ query: '.*' }, { limit: 10 })).items).toEqual([]);
  });

  it('gives its pages one after the other', async () => {
    for (let at = 1; at <= 5; at += 1) await contacts.recognise({ pageId: 'shop', psid: `c${at}` }, {}, at);
    const first = await contacts.list({}, { limit: 3 });
    const second = await contacts.list({}, { limit: 3, ...(first.next !== null && { cursor: first.next }) });
    expect([...first.items, ...second.items].map(({ createdAt }) => createdAt)).toEqual([5, 4, 3, 2, 1]);
    expect(second.next).toBeNull();
  });

  it('identifies by a whole value', async () => {
    const { keptId, mergedId } = await meetTwice();
    const byEmail = await contacts.findExact('email', 'NADIA@rahman.example ', 2);
    expect(byEmail.map(({ id }) => id)).toEqual([keptId]);
    expect(await contacts.findExact('email', 'nadia@', 2)).toEqual([]);
    const byTier = await contacts.findExact('custom tier', 'Gold', 2);
    expect(byTier.map(({ id }) => id)).toEqual([mergedId]);
  });
});

describe('a merge', () => {
  it('makes one contact of two, with what only the other knew', async () => {
    const { keptId, mergedId } = await meetTwice();
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    const whole = await look(keptId);
    expect(whole).toMatchObject({
      firstName: 'Nadia',
      company: 'Rahman Studio',
      emails: ['Nadia@Rahman.example'],
      phones: ['+46 70 123 45 67'],
      tags: ['Trade', 'Göteborg'],
      identities: [onHelp, onShop],
      merges: [{ contactId: mergedId, at: 4, by: 'ada' }],
    });
    expect(await look(mergedId)).toEqual(whole);
    expect((await contacts.recognise(onHelp, {}, 5)).id).toBe(keptId);
  });

  it('taken back gives both as they were', async () => {
    const { keptId, mergedId } = await meetTwice();
    const before = [await look(keptId), await look(mergedId)];
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    await contacts.unmerge({ keptId, mergedId }, 5);
    expect([await look(keptId), await look(mergedId)]).toEqual(before);
  });

  it('taken back leaves what somebody has changed since with the contact that stayed', async () => {
    const { keptId, mergedId } = await meetTwice();
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    await contacts.change(mergedId, 5, (contact) => ({ ...contact, company: 'Rahman AB', title: 'Dr' }));
    await contacts.unmerge({ keptId, mergedId }, 6);
    expect(await look(keptId)).toMatchObject({ company: 'Rahman AB', title: 'Dr', phones: [], tags: ['Trade'] });
    expect(await look(mergedId)).toMatchObject({ company: 'Rahman Studio', phones: ['+46 70 123 45 67'] });
  });

  it('is refused for a contact and itself, and for one that nobody knows', async () => {
    const { keptId, mergedId } = await meetTwice();
    expect(await contacts.merge({ keptId, mergedId: keptId }, { at: 4, by: 'ada' })).toEqual({ outcome: 'same' });
    const unknown = await contacts.merge({ keptId, mergedId: 'nobody' }, { at: 4, by: 'ada' });
    expect(unknown).toEqual({ outcome: 'unknown' });
    expect(await contacts.unmerge({ keptId, mergedId }, 5)).toEqual({ outcome: 'not-merged' });
  });

  it('never makes a ring, whoever merges whom at the same moment', async () => {
    const { keptId: one, mergedId: two } = await meetTwice();
    const outcomes = await Promise.all([
      contacts.merge({ keptId: one, mergedId: two }, { at: 4, by: 'ada' }),
      contacts.merge({ keptId: two, mergedId: one }, { at: 4, by: 'bob' }),
    ]);
    expect(outcomes.filter(({ outcome }) => outcome === 'done').length).toBeLessThanOrEqual(1);
    expect((await contacts.list({}, { limit: 10 })).items.length).toBeGreaterThanOrEqual(1);
  });

  it.each([0, 1, 2])(
    'that is killed after write %i is none or a whole one, and can be done again and taken back',
    async (after) => {
      const { keptId, mergedId } = await meetTwice();
      const before = [await look(keptId), await look(mergedId)];
      const dying = createContactsRepository(dyingDatabase(db, after));
      await expect(dying.merge({ keptId, mergedId }, { at: 4, by: 'ada' })).rejects.toThrow(Died);
      const seen = [await look(keptId), await look(mergedId)];
      if (after < 2) expect(seen).toEqual(before);
      else expect(seen).toMatchObject([{ company: 'Rahman Studio' }, { id: keptId, company: 'Rahman Studio' }]);
      expect(await contacts.merge({ keptId, mergedId }, { at: 5, by: 'ada' })).toMatchObject({ outcome: 'done' });
      expect(await look(keptId)).toMatchObject({ company: 'Rahman Studio', identities: [onHelp, onShop] });
      await contacts.unmerge({ keptId, mergedId }, 6);
      expect([await look(keptId), await look(mergedId)]).toEqual(before);
    },
  );

  it.each([0, 1])('that is taken back by a process killed after write %i is whole or gone', async (after) => {
    const { keptId, mergedId } = await meetTwice();
    const before = [await look(keptId), await look(mergedId)];
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    const dying = createContactsRepository(dyingDatabase(db, after));
    await expect(dying.unmerge({ keptId, mergedId }, 5)).rejects.toThrow(Died);
    if (after === 0) expect(await look(mergedId)).toMatchObject({ id: keptId });
    else expect([await look(keptId), await look(mergedId)]).toEqual(before);
    await contacts.unmerge({ keptId, mergedId }, 6);
    expect([await look(keptId), await look(mergedId)]).toEqual(before);
  });

  it('of a contact that has some in it takes them along, and gives them back with it', async () => {
    const { keptId, mergedId } = await meetTwice();
    const third = await contacts.recognise({ pageId: 'third', psid: 'n' }, { firstName: 'N' }, 3);
    await contacts.merge({ keptId, mergedId }, { at: 4, by: 'ada' });
    await contacts.merge({ keptId: third.id, mergedId: keptId }, { at: 5, by: 'ada' });
    expect((await look(mergedId))?.id).toBe(third.id);
    expect((await look(third.id))?.identities).toHaveLength(3);
    expect(await contacts.unmerge({ keptId: third.id, mergedId }, 6)).toEqual({ outcome: 'not-merged' });
    await contacts.unmerge({ keptId: third.id, mergedId: keptId }, 7);
    expect((await look(mergedId))?.id).toBe(keptId);
    expect((await look(third.id))?.identities).toHaveLength(1);
  });

  it('whatever is merged and taken back in whatever order, everybody is as before in the end', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const step = fc.record({ is: fc.constantFrom('merge', 'unmerge'), kept: fc.nat(3), merged: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await Promise.all(['contacts', 'contact-identities'].map((name) => db.collection(name).deleteMany({})));
        const ids: string[] = [];
        for (const name of names) {
          const { id } = await contacts.recognise({ pageId: name, psid: 'p' }, { firstName: name }, 1);
          await contacts.change(id, 1, (contact) => ({ ...contact, [name]: name, emails: [`${name}@example.com`] }));
          ids.push(id);
        }
        const before = await Promise.all(ids.map(look));
        for (const { is, kept, merged } of steps) {
          const pair = { keptId: ids[kept] ?? '', mergedId: ids[merged] ?? '' };
          if (is === 'merge') await contacts.merge(pair, { at: 2, by: 'ada' });
          else await contacts.unmerge(pair, 2);
          // Everybody is in exactly one contact that is listed.
          const { items } = await contacts.list({}, { limit: 10 });
          const listed = await Promise.all(items.map(({ id }) => look(id)));
          const parts = listed.flatMap((found) => found?.identities.map(({ pageId }) => pageId) ?? []);
          expect(parts.toSorted()).toEqual(names.toSorted());
        }
        for (const _round of names) {
          for (const keptId of ids) {
            for (const { contactId } of (await look(keptId))?.merges ?? []) {
              await contacts.unmerge({ keptId, mergedId: contactId }, 3);
            }
          }
        }
        expect(await Promise.all(ids.map(look))).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });
});
