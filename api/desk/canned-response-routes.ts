import type { CannedUse } from '../../contracts/canned-response-schema.ts';
import type { DeskCannedResponse } from '../../contracts/canned-response-schema.ts';
import {
  fillCannedText,
  listPlaceholders,
  searchCannedResponses,
  type CannedValues,
} from '../../contracts/canned-response.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { valuesForConversation } from './conversation-values.ts';

/** More than anybody finds again. */
const MOST_OWN = 500;

/** Texts that agents send again and again: those of the configuration, and each agent's own. */
export function registerCannedResponseRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listMyCannedResponses, async (request) => {
    const principal = getDeskPrincipal(request);
    const { query = '', conversationId, service: asked } = request.query;
    const record =
      conversationId === undefined ? undefined : await getVisibleConversation(deps, principal, conversationId);
    const values = record && (await valuesForConversation(deps, record, principal));
    const all = await listForDesk(deps, principal, record ? (record.service ?? '') : asked);
    const items = searchCannedResponses(all, query).map((item) => present(item, values));
    return { ...wholeList(items), ...(values && { values }) };
  });

  registerRoute(app, httpRoutes.putMyCannedResponse, async (request) => {
    const { userId } = getDeskPrincipal(request);
    const response = withoutUndefined({ name: request.params.name, ...request.body });
    const isKept = await deps.ownCannedResponses.put(userId, response, { at: deps.now(), most: MOST_OWN });
    if (!isKept) throw new AppError('TOO_MANY_CANNED_RESPONSES');
    return response;
  });

  registerRoute(app, httpRoutes.deleteMyCannedResponse, async (request) => {
    const { userId } = getDeskPrincipal(request);
    const { name } = request.params;
    if (!(await deps.ownCannedResponses.delete(userId, name)))
      throw new AppError('NOT_FOUND', { message: `You have no canned response "${name}" of your own.` });
    return null;
  });
}

type Listed = Pick<DeskCannedResponse, 'name' | 'owner' | 'folder' | 'text'>;

/** `service`: whose shared ones are meant beside those for all; every service's where undefined. */
async function listForDesk(
  deps: AppDependencies,
  { userId }: DeskPrincipal,
  service: string | undefined,
): Promise<Listed[]> {
  const [configuration, own] = await Promise.all([deps.configuration.get(), deps.ownCannedResponses.list(userId)]);
  const shared = configuration
    .cannedResponses()
    .filter(({ services }) => !services || service === undefined || services.includes(service));
  return [
    ...own.map((response) => ({ ...response, owner: 'own' as const })),
    ...shared.map(({ services: _services, ...response }) => ({ ...response, owner: 'shared' as const })),
  ];
}

function present(item: Listed, values: CannedValues | undefined): DeskCannedResponse {
  const placeholders = listPlaceholders(item.text);
  return { ...item, placeholders, ...(values && { filled: fillCannedText(item.text, values) }) };
}

/**
 * A customer must not read the placeholders of a canned response.
 * @throws AppError PLACEHOLDERS_UNFILLED naming those that are left in a text that was begun with one
 */
export function requireFilled(text: string, cannedResponse: CannedUse | undefined): void {
  const left = cannedResponse ? listPlaceholders(text) : [];
  if (left.length === 0) return;
  const message = `still holds what the canned response "${cannedResponse?.name ?? ''}" leaves to you: ${left.join(', ')}`;
  const remedy = 'Write something in its place, or take it out.';
  throw new AppError('PLACEHOLDERS_UNFILLED', { details: [{ path: 'text', message, remedy }] });
}
