import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GraphRefusal } from './graph-refusal.ts';
import { requirePageByToken, type SetupDeps } from './graph-setup-routes.ts';

interface ProfileRequest {
  Querystring: { access_token?: string; appsecret_proof?: string; fields?: string };
}

const FIELDS = ['get_started', 'greeting', 'ice_breakers', 'persistent_menu'] as const;
const localized = z.looseObject({ locale: z.string().default('default') });
const profileSchema = z.strictObject({
  get_started: z.object({ payload: z.string().min(1).max(1000) }).optional(),
  greeting: z.array(localized).optional(),
  ice_breakers: z.array(localized.extend({ call_to_actions: z.array(z.unknown()).max(4) })).optional(),
  persistent_menu: z.array(localized).optional(),
});
const removeSchema = z.object({ fields: z.array(z.enum(FIELDS)).min(1) });

/**
 * Plays the Messenger Profile API of a Page.
 * Source: Messenger Platform, Messenger Profile API: a menu needs Get Started, at most four ice breakers.
 */
export function registerProfileRoutes(app: FastifyInstance, version: string, deps: SetupDeps): void {
  const path = `${version}/me/messenger_profile`;

  app.get<ProfileRequest>(path, ({ query }) => {
    const { profile = {} } = requirePageByToken(deps, 'me', query);
    const wanted = (query.fields ?? '').split(',');
    const shown = Object.fromEntries(Object.entries(profile).filter(([field]) => wanted.includes(field)));
    return { data: Object.keys(shown).length > 0 ? [shown] : [] };
  });

  app.post<ProfileRequest>(path, async ({ query, body }) => {
    const page = requirePageByToken(deps, 'me', query);
    const given = profileSchema.safeParse(body);
    if (!given.success) throw new GraphRefusal('(#100) Invalid parameter', { code: 100 });
    const profile = { ...page.profile, ...given.data };
    if (profile['persistent_menu'] !== undefined && profile['get_started'] === undefined) {
      throw new GraphRefusal('(#100) You must set a Get Started button if you also wish to use persistent menu', {
        code: 100,
      });
    }
    deps.store.record({ type: 'page', page: { ...page, profile } });
    await deps.store.flush();
    return { result: 'success' };
  });

  app.delete<ProfileRequest>(path, async ({ query, body }) => {
    const page = requirePageByToken(deps, 'me', query);
    const given = removeSchema.safeParse(body);
    if (!given.success) throw new GraphRefusal('(#100) param fields is required', { code: 100 });
    const removed = new Set<string>(given.data.fields);
    const profile = Object.fromEntries(Object.entries(page.profile ?? {}).filter(([field]) => !removed.has(field)));
    deps.store.record({ type: 'page', page: { ...page, profile } });
    await deps.store.flush();
    return { result: 'success' };
  });
}
