import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Erasure } from '../../contracts/erasure.ts';
import type { NewAuditEntry } from '../../contracts/audit.ts';
import type { ErasureSubject } from '../../adapters/mongo/erasures-repository.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often a process looks for erasures to be carried out. */
export const ERASURE_TICK_MS = 2000;
const CLAIM_MS = 60_000;
/** After this nothing that was under way at the erasure can still write: activities end within half of it. */
const VERIFY_AFTER_MS = 60_000;
const MAX_PER_TICK = 20;
/** The release of a hold wakes what it kept; this is for the process that died between the two. */
const HELD_AGAIN_MS = 60_000;

type EraseDependencies = Pick<
  AppDependencies,
  | 'actors'
  | 'customerData'
  | 'people'
  | 'legalHolds'
  | 'erasures'
  | 'audit'
  | 'configuration'
  | 'inspector'
  | 'alerts'
  | 'logger'
  | 'now'
>;

/**
 * Carries out what was asked to be erased: every run in Temporal, then everything in MongoDB and the file store, and all of
 * it once more a minute later, because a send that was under way may write its outcome. A process that dies leaves
 * it to the next.
 */
export async function carryOutErasures(deps: EraseDependencies): Promise<void> {
  for (let count = 0; count < MAX_PER_TICK; count += 1) {
    const claimed = await deps.erasures.claim(deps.now(), deps.now() + CLAIM_MS);
    if (!claimed) return;
    await carryOut(deps, claimed);
  }
}

async function carryOut(
  deps: EraseDependencies,
  { code, state, origin: by, subject }: Pick<Erasure, 'code' | 'state' | 'origin'> & { subject: ErasureSubject },
): Promise<void> {
  const conversationKeys =
    'conversationKeys' in subject ? subject.conversationKeys : await findConversationKeys(deps, subject);
  if (conversationKeys.length === 0) {
    await deps.erasures.finish(code, { state: 'unmatched', customers: 0, at: deps.now() });
    return;
  }
  // Once something of them is gone, whoever goes on after a crash could not find out any more whom Meta means.
  if (!('conversationKeys' in subject)) await deps.erasures.noteSubject(code, { conversationKeys });
  try {
    await eraseCustomers(deps, conversationKeys);
  } catch (error) {
    if (!isLegalHold(error)) throw error;
    await deps.erasures.hold(code, deps.now() + HELD_AGAIN_MS);
    return;
  }
  const isFirst = state === 'waiting' || state === 'held';
  if (isFirst) await deps.audit.record(conversationKeys.map((key) => erasedEntry(key, by, deps.now())));
  const outcome = { customers: conversationKeys.length, at: deps.now() };
  if (isFirst) {
    const again = { subject: { conversationKeys }, againAt: deps.now() + VERIFY_AFTER_MS };
    await deps.erasures.finish(code, { ...outcome, ...again, state: 'erased' });
  } else await deps.erasures.finish(code, { ...outcome, state: 'verified' });
  deps.logger.info({ erasure: code, customers: conversationKeys.length }, 'customers erased');
}

const erasedEntry = (key: ConversationKey, by: string, at: number): NewAuditEntry => ({
  action: 'customer.erased',
  by,
  subject: auditedCustomer(key),
  at,
});

/** True for what `eraseCustomers` throws where a legal hold keeps the data. */
export const isLegalHold = (error: unknown): boolean => error instanceof AppError && error.code === 'LEGAL_HOLD';

/** @throws AppError LEGAL_HOLD naming each hold on one of these, or on a conversation of theirs */
export async function requireNoHold(
  { legalHolds }: Pick<EraseDependencies, 'legalHolds'>,
  conversationKeys: readonly ConversationKey[],
): Promise<void> {
  const holds = await legalHolds.listOfCustomers(conversationKeys);
  if (holds.length === 0) return;
  const details = holds.map(({ id, conversationId, reason, placedBy, placedAt }) => {
    const what = conversationId === undefined ? 'everything of this customer' : `conversation ${conversationId}`;
    const since = new Date(placedAt).toISOString().slice(0, 10);
    return {
      path: `legalHolds.${id}`,
      message: `keeps ${what}, placed by ${placedBy} on ${since}: ${reason}`,
      remedy: `Release it first: DELETE /api/v1/legal-holds/${id}.`,
    };
  });
  throw new AppError('LEGAL_HOLD', { details });
}

/**
 * Erases the identities of a person now; gives what was destroyed of all of them.
 * @throws AppError LEGAL_HOLD where a hold keeps any of it: nothing is erased then
 */
export async function eraseCustomers(
  deps: Pick<EraseDependencies, 'actors' | 'customerData' | 'legalHolds'>,
  conversationKeys: readonly ConversationKey[],
): Promise<{ runs: number; documents: Record<string, number> }> {
  await requireNoHold(deps, conversationKeys);
  const all = { runs: 0, documents: {} as Record<string, number> };
  for (const conversationKey of conversationKeys) {
    // Temporal first: an actor that runs would write them down again.
    all.runs += await deps.actors.deleteConversationRuns(conversationKey);
    const documents = await deps.customerData.erase(conversationKey);
    for (const [name, count] of Object.entries(documents)) all.documents[name] = (all.documents[name] ?? 0) + count;
  }
  return all;
}

/**
 * Meta names a person by an id of the app, not of a Page. Graph may translate it; an id that is a PSID of ours counts as
 * well. Where neither helps, the operator is told: only they can find out whom it means.
 */
async function findConversationKeys(
  { configuration, inspector, customerData, people, alerts }: EraseDependencies,
  { userId, pageIds }: { userId: string; pageIds: string[] },
): Promise<ConversationKey[]> {
  const snapshot = await configuration.get();
  const accounts = pageIds.flatMap((pageId) => snapshot.accountByPage(pageId) ?? []);
  const conversationKeys = (await customerData.findPages(pageIds, userId)).map((pageId) => ({ pageId, psid: userId }));
  const [account] = accounts;
  const translated = account ? await inspector.readPageScopedIds(account, userId) : undefined;
  if (translated?.isKnown) {
    conversationKeys.push(...translated.found.filter(({ pageId }) => pageIds.includes(pageId)));
  }
  if (conversationKeys.length === 0 && pageIds[0] !== undefined) {
    await alerts.tell({
      pageId: pageIds[0],
      kind: 'deletion-unmatched',
      message: 'Meta asks to delete the data of a person whom no conversation is known of by that id.',
      remedy: 'Where you know who it is: npx attendant customer erase <page id> <psid>.',
    });
  }
  const persons = await Promise.all(conversationKeys.map((each) => people.contacts.listIdentitiesOf(each)));
  return [
    ...new Map(persons.flat().map((conversationKey) => [JSON.stringify(conversationKey), conversationKey])).values(),
  ];
}
