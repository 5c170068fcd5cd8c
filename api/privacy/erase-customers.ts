import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import type { Erasure } from '../../contracts/erasure.ts';
import type { ErasureSubject } from '../../adapters/mongo/erasures-repository.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often a process looks for erasures to be carried out. */
export const ERASURE_TICK_MS = 2000;
const CLAIM_MS = 60_000;
/** After this nothing that was under way at the erasure can still write: activities end within half of it. */
const VERIFY_AFTER_MS = 60_000;
const MAX_PER_TICK = 20;

type EraseDependencies = Pick<
  AppDependencies,
  | 'actors'
  | 'customerData'
  | 'people'
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
  for (const conversationKey of conversationKeys) {
    await eraseCustomer(deps, conversationKey);
    if (state !== 'waiting') continue;
    const entry = { action: 'customer.erased', by, subject: auditedCustomer(conversationKey), at: deps.now() } as const;
    await deps.audit.record([entry]);
  }
  const outcome = { customers: conversationKeys.length, at: deps.now() };
  if (state === 'waiting') {
    const again = { subject: { conversationKeys }, againAt: deps.now() + VERIFY_AFTER_MS };
    await deps.erasures.finish(code, { ...outcome, ...again, state: 'erased' });
  } else await deps.erasures.finish(code, { ...outcome, state: 'verified' });
  deps.logger.info({ erasure: code, customers: conversationKeys.length }, 'customers erased');
}

/** Erases the identities of a person now; gives what was destroyed of all of them. */
export async function eraseCustomers(
  deps: Pick<EraseDependencies, 'actors' | 'customerData'>,
  conversationKeys: readonly ConversationKey[],
): Promise<{ runs: number; documents: Record<string, number> }> {
  const all = { runs: 0, documents: {} as Record<string, number> };
  for (const conversationKey of conversationKeys) {
    const { runs, documents } = await eraseCustomer(deps, conversationKey);
    all.runs += runs;
    for (const [name, count] of Object.entries(documents)) all.documents[name] = (all.documents[name] ?? 0) + count;
  }
  return all;
}

/** Erases a customer now. Temporal first: an actor that runs would write them down again. */
async function eraseCustomer(
  { actors, customerData }: Pick<EraseDependencies, 'actors' | 'customerData'>,
  conversationKey: ConversationKey,
): Promise<{ runs: number; documents: Record<string, number> }> {
  const runs = await actors.deleteConversationRuns(conversationKey);
  return { runs, documents: await customerData.erase(conversationKey) };
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
