import { MAX_COMMENTS } from '../../adapters/mongo/people/cases-repository.ts';
import {
  listCaseStatuses,
  type ConfigurationSnapshot,
} from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import { firstOpenStatus, type Case, type CaseFieldChanges } from '../../contracts/case.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import type { CaseChangeRequest, CaseRequest, CaseView } from '../../contracts/people-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute, type RouteRequest } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { presentCase, presentCaseSummary } from './present-people.ts';

/** What is to be done for people beyond one conversation. */
export function registerCaseRoutes(app: App, deps: AppDependencies): void {
  const { cases } = deps.people;

  registerRoute(app, httpRoutes.listCases, (request) => listCases(deps, request.query));

  registerRoute(app, httpRoutes.getCase, async (request) => present(deps, await cases.find(request.params.id)));

  registerRoute(app, httpRoutes.createCase, async (request) => {
    const { by } = auditedCaller(request);
    const created = await createCase(deps, request.body, { principal: getPrincipal(request), by });
    request.auditSubject = { id: created.id, number: String(created.number) };
    return present(deps, created);
  });

  registerRoute(app, httpRoutes.changeCase, async (request) => {
    const fields = toFields(request.body);
    requireKnown(fields, await deps.configuration.get());
    request.auditSubject = { fields: Object.keys(request.body).join(', ') };
    const stamp = { by: auditedCaller(request).by, at: deps.now() };
    return present(deps, await cases.change(request.params.id, fields, stamp));
  });

  registerRoute(app, httpRoutes.commentCase, async (request) => {
    const { clientId, text } = request.body;
    const { by } = auditedCaller(request);
    const known = await cases.find(request.params.id);
    if ((known?.comments.length ?? 0) >= MAX_COMMENTS) {
      const remedy = 'Open another case.';
      const message = `would be more than ${MAX_COMMENTS} comments of one case`;
      throw new AppError('REQUEST_INVALID', { details: [{ path: 'text', message, remedy }] });
    }
    request.auditSubject = { fields: 'comments' };
    const comment = { id: `${by}:${clientId}`, at: deps.now(), by, text };
    return present(deps, await cases.comment(request.params.id, comment));
  });

  registerRoute(app, httpRoutes.linkCase, async (request) => {
    const { conversationId } = request.body;
    await getVisibleConversation(deps, getPrincipal(request), conversationId);
    request.auditSubject = { conversationId };
    const stamp = { by: auditedCaller(request).by, at: deps.now() };
    return present(deps, await cases.link(request.params.id, conversationId, stamp));
  });
}

async function listCases(
  deps: AppDependencies,
  { cursor, limit, isOpen, contactId, ...filter }: RouteRequest<typeof httpRoutes.listCases>['query'],
) {
  const { cases, contacts } = deps.people;
  const configuration = await deps.configuration.get();
  const closed = listCaseStatuses(configuration).flatMap(({ name, isClosed }) => (isClosed ? [name] : []));
  const contact = contactId === undefined ? undefined : await contacts.find(contactId, deps.now());
  if (contactId !== undefined && !contact) throw new AppError('CONTACT_NOT_FOUND');
  const found = await cases.list(
    {
      ...withoutUndefined(filter),
      ...(contact && { contactIds: await contacts.listPartIds(contact.id) }),
      ...(isOpen === true && { notStatus: closed }),
      ...(isOpen === false && { onlyStatus: closed }),
    },
    { cursor, limit },
  );
  return { items: found.items.map((each) => presentCaseSummary(each, configuration)), next: found.next };
}

async function createCase(
  deps: AppDependencies,
  { clientId, conversationId, contactId, ...request }: CaseRequest,
  { principal, by }: { principal: Principal; by: string },
): Promise<Case> {
  const configuration = await deps.configuration.get();
  const fields = {
    ...withoutUndefined(request),
    status: request.status ?? firstOpenStatus(listCaseStatuses(configuration)),
  };
  requireKnown(fields, configuration);
  const ofConversation =
    conversationId === undefined ? undefined : await findContactOf(deps, principal, conversationId);
  const given = contactId === undefined ? undefined : await deps.people.contacts.find(contactId, deps.now());
  if (contactId !== undefined && !given) throw new AppError('CONTACT_NOT_FOUND');
  const owner = contactId ?? ofConversation;
  return deps.people.cases.create({
    ...fields,
    key: JSON.stringify(['user', principal.userId ?? by, clientId]),
    ...(owner !== undefined && { contactId: owner }),
    ...(conversationId !== undefined && { conversationId }),
    by,
    at: deps.now(),
  });
}

/** @throws AppError CONVERSATION_NOT_FOUND */
async function findContactOf(
  deps: AppDependencies,
  principal: Principal,
  conversationId: string,
): Promise<string | undefined> {
  const record = await getVisibleConversation(deps, principal, conversationId);
  return deps.people.contacts.findOwnId(record);
}

function toFields(request: CaseChangeRequest): CaseFieldChanges {
  const entries = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
}

/** @throws AppError REQUEST_INVALID for a status or an owner that the configuration does not know */
function requireKnown({ status, owner }: CaseFieldChanges, configuration: ConfigurationSnapshot): void {
  const statuses = listCaseStatuses(configuration).map(({ name }) => name);
  const details: InputProblem[] = [];
  if (status !== undefined && !statuses.includes(status)) {
    const remedy = `It may be ${statuses.map((name) => `"${name}"`).join(', ')}.`;
    details.push({ path: 'status', message: 'is not a status of cases', remedy });
  }
  if (owner !== undefined && !configuration.user(owner)) {
    const nearest = findNearestName(
      owner,
      configuration.users().map(({ username }) => username),
    );
    const remedy =
      nearest === undefined ? 'Write the user name of somebody who is there.' : `Did you mean "${nearest}"?`;
    details.push({ path: 'owner', message: 'is nobody’s user name', remedy });
  }
  if (details.length > 0) throw new AppError('REQUEST_INVALID', { details });
}

/** @throws AppError CASE_NOT_FOUND where there is none */
async function present({ people, configuration, now }: AppDependencies, found: Case | undefined): Promise<CaseView> {
  if (!found) throw new AppError('CASE_NOT_FOUND');
  const contact = found.contactId === undefined ? undefined : await people.contacts.find(found.contactId, now());
  return presentCase(found, contact, await configuration.get());
}
