import { randomUUID } from 'node:crypto';
import type { Contact } from '../../../contracts/contact.ts';
import { isWhole, toContact } from './contact-document.ts';
import type { ContactStore } from './contact-store.ts';
import { withMerged, withoutMerged } from './merge-profiles.ts';

/** Who merges, and when (epoch milliseconds). */
export interface MergeBy {
  at: number;
  by: string;
}

/** `changed`: somebody else changed one of them at the same moment; nothing was done. */
export type MergeOutcome = { outcome: 'done'; contact: Contact } | { outcome: 'unknown' | 'same' | 'changed' };
export type UnmergeOutcome = { outcome: 'done'; contact: Contact } | { outcome: 'unknown' | 'not-merged' };

/*
 * One field of one document says that two contacts are one: `merged` of the one that goes. It is written at once or not at
 * all. What the one that stays remembers of it (`merges`, and the values that came with it) follows from that, and is brought
 * up to date by `settle`: after a merge, after an unmerge, and whenever a contact is read, in case somebody died in between.
 */

/** Makes one contact part of another. Done again it changes nothing. */
export async function mergeContacts(
  store: ContactStore,
  { keptId, mergedId }: { keptId: string; mergedId: string },
  { at, by }: MergeBy,
): Promise<MergeOutcome> {
  const wholes = await store.findWhole([keptId, mergedId]);
  const [kept, merged] = [wholes.get(keptId), wholes.get(mergedId)];
  if (!kept || !merged) return { outcome: 'unknown' };
  if (kept.id === merged.id) {
    const isRepeat = keptId === kept.id && mergedId !== keptId;
    return isRepeat ? { outcome: 'done', contact: await settle(store, kept, at) } : { outcome: 'same' };
  }
  // Touched first: of two people who merge them into each other at once, neither finds what they have read.
  const isHeld = await raise(store, kept, {});
  const isDone = isHeld && (await raise(store, merged, { merged: { into: kept.id, mergeId: randomUUID(), at, by } }));
  if (!isDone) return { outcome: 'changed' };
  return { outcome: 'done', contact: await settle(store, { ...kept, revision: kept.revision + 1 }, at) };
}

async function raise(
  { contacts }: ContactStore,
  { id, revision }: Contact,
  fields: Partial<Contact>,
): Promise<boolean> {
  const unchanged = { _id: id, revision, ...isWhole };
  const update = { $inc: { revision: 1 }, ...(Object.keys(fields).length > 0 && { $set: fields }) };
  const { matchedCount } = await contacts.updateOne(unchanged, update);
  return matchedCount > 0;
}

/** Gives both back: the one that went as it was, the other one without what came with it. */
export async function unmergeContacts(
  store: ContactStore,
  { keptId, mergedId }: { keptId: string; mergedId: string },
  at: number,
): Promise<UnmergeOutcome> {
  const [kept, merged] = await Promise.all([store.find(keptId), store.find(mergedId)]);
  if (!kept || !merged) return { outcome: 'unknown' };
  const isRemembered = kept.merges.some(({ contactId }) => contactId === mergedId);
  if (merged.merged?.into !== keptId && !isRemembered) return { outcome: 'not-merged' };
  await store.contacts.updateOne(
    { _id: mergedId, 'merged.into': keptId },
    { $unset: { merged: '' }, $inc: { revision: 1 } },
  );
  return { outcome: 'done', contact: await settle(store, kept, at) };
}

/**
 * Brings what a contact remembers of its merges to what is so: takes in those that it does not know, takes back those that
 * are no more. Changes nothing where all is well.
 */
export async function settle(store: ContactStore, contact: Contact, at: number): Promise<Contact> {
  const stored = await store.contacts.find({ 'merged.into': contact.id }).sort({ 'merged.at': 1, _id: 1 }).toArray();
  const parts = stored.map(toContact);
  if (isSettled(contact, parts)) return contact;
  const settled = await store.change(contact.id, at, (known) => {
    if (isSettled(known, parts)) return undefined;
    const gone = known.merges.filter(({ mergeId }) => !parts.some((part) => isOf(part, mergeId)));
    const left = gone.reduce(withoutMerged, known);
    const fresh = parts.filter((part) => !left.merges.some(({ mergeId }) => isOf(part, mergeId)));
    return fresh.reduce(withMerged, left);
  });
  return settled ?? contact;
}

const isOf = ({ merged }: Contact, mergeId: string): boolean => merged?.mergeId === mergeId;

function isSettled({ merges }: Contact, parts: readonly Contact[]): boolean {
  return merges.length === parts.length && merges.every(({ mergeId }) => parts.some((part) => isOf(part, mergeId)));
}
