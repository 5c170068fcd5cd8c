import type { FastifyRequest } from 'fastify';
import { AppError } from '../../contracts/app-error.ts';
import type { Contact, KnownContact } from '../../contracts/contact.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { ContactView } from '../../contracts/people-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import { presentConversations } from '../conversations/present-conversations.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { editContact, requireKnownFields } from './edit-contact.ts';
import { presentContact, presentContactListItem } from './present-people.ts';

/** People: found, read, changed, blocked, merged; and what they have talked about. */
export function registerContactRoutes(app: App, deps: AppDependencies): void {
  const { contacts } = deps.people;

  registerRoute(app, httpRoutes.listContacts, async (request) => {
    const { cursor, limit, ...filter } = request.query;
    const found = await contacts.list(withoutUndefined(filter), { cursor, limit });
    return { items: found.items.map(presentContactListItem), next: found.next };
  });

  registerRoute(app, httpRoutes.getContact, async (request) => present(deps, await getContact(deps, request)));

  registerRoute(app, httpRoutes.changeContact, async (request) => {
    requireKnownFields(request.body, await deps.configuration.get());
    // The audit outlives an erasure: it names the fields, and nothing of what is in them.
    request.auditSubject = { fields: Object.keys(request.body).join(', ') };
    const stamp = { by: auditedCaller(request).by, at: deps.now() };
    return change(deps, request, (contact) => editContact(contact, request.body, stamp));
  });

  registerRoute(app, httpRoutes.listContactConversations, async (request) => {
    const contact = await getContact(deps, request);
    const conversationIds = await contacts.listIdentifiedIn(await contacts.listPartIds(contact.id));
    const limits = await visibleTo(deps, getPrincipal(request));
    const filter = { ...limits, with: { customers: contact.identities, conversationIds } };
    const found = await deps.conversations.listConversations(filter, request.query);
    return { items: await presentConversations(deps, found.items), next: found.next };
  });

  registerBlocks(app, deps);
  registerMerges(app, deps);
}

function registerBlocks(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.blockContact, async (request) => {
    const { by } = auditedCaller(request);
    const block = { ...withoutUndefined(request.body), by, at: deps.now() };
    // A repeat tells the actors once more, and leaves who did it first.
    const view = await change(deps, request, (contact) => (contact.block ? undefined : { ...contact, block }));
    await tellBlocked(deps, view);
    return view;
  });

  registerRoute(app, httpRoutes.unblockContact, (request) =>
    change(deps, request, (contact) => {
      if (!contact.block) return undefined;
      const { block: _block, ...rest } = contact;
      return rest;
    }),
  );
}

function registerMerges(app: App, deps: AppDependencies): void {
  const { contacts } = deps.people;

  registerRoute(app, httpRoutes.mergeContact, async (request) => {
    const pair = { keptId: (await getContact(deps, request)).id, mergedId: request.body.contactId };
    const merged = await contacts.merge(pair, { at: deps.now(), by: auditedCaller(request).by });
    if (merged.outcome === 'unknown') throw new AppError('CONTACT_NOT_FOUND');
    if (merged.outcome === 'changed') throw new AppError('CONTACT_CHANGED');
    if (merged.outcome === 'same') {
      const remedy = 'Name the other contact of the two.';
      const details = [{ path: 'contactId', message: 'is this contact itself', remedy }];
      throw new AppError('REQUEST_INVALID', { details });
    }
    request.auditSubject = { contactId: pair.mergedId };
    const view = await present(deps, await getContact(deps, request));
    if (view.isBlocked) await tellBlocked(deps, view);
    return view;
  });

  registerRoute(app, httpRoutes.unmergeContact, async (request) => {
    const pair = { keptId: request.params.id, mergedId: request.body.contactId };
    const { outcome } = await contacts.unmerge(pair, deps.now());
    if (outcome === 'unknown') throw new AppError('CONTACT_NOT_FOUND');
    if (outcome === 'not-merged') throw new AppError('CONTACT_NOT_MERGED');
    request.auditSubject = { contactId: pair.mergedId };
    return present(deps, await getContact(deps, request));
  });
}

type OfContact = FastifyRequest<{ Params: { id: string } }>;

async function getContact({ people, now }: AppDependencies, { params }: OfContact): Promise<KnownContact> {
  const found = await people.contacts.find(params.id, now());
  if (!found) throw new AppError('CONTACT_NOT_FOUND');
  return found;
}

async function change(
  deps: AppDependencies,
  { params }: OfContact,
  edit: (contact: Contact) => Contact | undefined,
): Promise<ContactView> {
  const changed = await deps.people.contacts.change(params.id, deps.now(), edit);
  if (!changed) throw new AppError('CONTACT_NOT_FOUND');
  return present(deps, changed);
}

async function present({ configuration }: AppDependencies, contact: KnownContact): Promise<ContactView> {
  return presentContact(contact, await configuration.get());
}

/** What runs with them ends: nobody writes to them any more. */
async function tellBlocked({ actors }: AppDependencies, { identities }: ContactView): Promise<void> {
  for (const { pageId, psid } of identities) await actors.tellBlocked({ pageId, psid });
}
