import { servicesForSkills } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { CurrentUser } from '../../contracts/own-chat-schema.ts';
import { isOfferedChats } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal, type Principal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

/** Who the caller is. */
export function registerCurrentUserRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getSession, async (request) => describeUser(deps, getPrincipal(request)));
}

async function describeUser(
  { configuration, settings }: Pick<AppDependencies, 'configuration' | 'settings'>,
  { username, name, role, privileges, needsSecondFactor }: Principal,
): Promise<CurrentUser> {
  const isSimulated = settings.simulatorUrl !== undefined;
  const snapshot = await configuration.get();
  const user = username === undefined ? undefined : snapshot.user(username);
  const title = snapshot.roles().find((each) => each.name === role)?.title;
  const of = { role, ...(title !== undefined && { roleTitle: title }) };
  const may = { ...of, privileges: [...privileges], needsSecondFactor: needsSecondFactor === true };
  if (!user) return { name, ...may, takesChats: false, services: [], isSimulated };
  const services = servicesForSkills(snapshot.services(), user.skills).map((service) => service.name);
  return {
    username: user.username,
    name,
    ...may,
    takesChats: isOfferedChats({ privileges }, user.skills),
    slots: user.slots,
    services,
    isSimulated,
  };
}
