import type { ApiToken } from '../../adapters/mongo/api-tokens-repository.ts';
import type { ApiTokenView } from '../../contracts/api-token-schema.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { notTheirsToGive, type PrivilegeHolder } from '../../contracts/privileges.ts';
import { listScopes, privilegesOfScopes } from '../../contracts/token-scopes.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { createApiToken, hashApiToken } from './api-token.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Tokens of programs: made, seen and ended by admins. */
export function registerTokenRoutes(app: App, { apiTokens, audit, now }: AppDependencies): void {
  registerRoute(app, httpRoutes.listTokens, async () => wholeList((await apiTokens.list()).map(present)));

  registerRoute(app, httpRoutes.listTokenScopes, () => wholeList(listScopes()));

  registerRoute(app, httpRoutes.createToken, async (request) => {
    const { name, scopes, expiresInDays } = request.body;
    requireKnown(scopes);
    requireOwn(getPrincipal(request), scopes);
    const caller = auditedCaller(request);
    const token = createApiToken();
    const at = now();
    const terms = { name, scopes: [...new Set(scopes)], createdBy: caller.by, createdAt: at };
    const created = await apiTokens.create(hashApiToken(token), { ...terms, expiresAt: at + expiresInDays * DAY_MS });
    const after = { scopes: created.scopes, expiresAt: new Date(created.expiresAt).toISOString() };
    await audit.record([{ ...caller, action: 'token.created', at, subject: { id: created.id, name }, after }]);
    return { ...present(created), token };
  });

  registerRoute(app, httpRoutes.revokeToken, async (request) => {
    const revoked = await apiTokens.revoke(request.params.id);
    if (!revoked) throw new AppError('NOT_FOUND', { message: 'There is no such token.' });
    request.auditSubject = { name: revoked.name };
    return null;
  });
}

/** @throws AppError REQUEST_INVALID naming each scope that there is not */
function requireKnown(scopes: readonly string[]): void {
  const known = listScopes().map(({ scope }) => scope);
  const details = scopes.flatMap((scope, index) => {
    if (known.includes(scope)) return [];
    const nearest = findNearestName(scope, known);
    const remedy = nearest === undefined ? 'GET /api/v1/tokens/scopes lists them.' : `Did you mean "${nearest}"?`;
    return [{ path: `scopes.${index}`, message: `there is no scope "${scope}"`, remedy }];
  });
  if (details.length > 0) throw new AppError('REQUEST_INVALID', { details });
}

/** A token can do nothing that its maker may not. @throws AppError FORBIDDEN naming each scope */
function requireOwn(maker: PrivilegeHolder, scopes: readonly string[]): void {
  const details = scopes.flatMap((scope, index) => {
    const lacking = notTheirsToGive(maker, privilegesOfScopes([scope]));
    if (lacking.length === 0) return [];
    const message = `"${scope}" is about privileges that you do not have yourself: ${lacking.join(', ')}`;
    return [{ path: `scopes.${index}`, message, remedy: 'Leave it out, or ask somebody who has them.' }];
  });
  if (details.length > 0)
    throw new AppError('FORBIDDEN', { message: 'A token can do nothing that its maker may not do.', details });
}

function present({ id, name, scopes, createdBy, createdAt, expiresAt, lastUsedAt }: ApiToken): ApiTokenView {
  return {
    id,
    name,
    scopes,
    createdBy,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    lastUsedAt: lastUsedAt === undefined ? null : new Date(lastUsedAt).toISOString(),
  };
}
