import { withDeadline } from '../../adapters/with-deadline.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { mayDo } from '../../contracts/privileges.ts';
import type { RecordChoices } from '../../contracts/record-schema.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { looksAfter, teamsOf } from '../agents/supervised-agents.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { presentFound } from './present-found.ts';
import { toRecordQuery } from './record-query.ts';

const DEADLINE_MS = 8000;

/** Conversations as supervisors look for them: docs/records.md. */
export function registerRecordRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listRecords, async (request) => {
    const { cursor, limit, ...filter } = request.query;
    const limits = await visibleTo(deps, getPrincipal(request));
    const query = await toRecordQuery(deps, filter, limits);
    const searching = deps.records.search.find(query, { cursor, limit });
    const { items, ...page } = await withDeadline(searching, DEADLINE_MS, 'Collection record-postings');
    return { items: await presentFound(deps, { found: items, limits, words: filter.words }), ...page };
  });

  registerRoute(app, httpRoutes.getRecordChoices, async (request) =>
    listChoices(await deps.configuration.get(), getPrincipal(request)),
  );
}

/** Of what the caller looks after; what they chose may be empty all the same. */
function listChoices(configuration: ConfigurationSnapshot, principal: Principal): RecordChoices {
  const { username = '' } = principal;
  const own = mayDo(principal, 'see-team-chats') ? superviseesOf(configuration.teams(), username) : undefined;
  const services = configuration.services().filter(({ name }) => !own || own.services.includes(name));
  const agents = configuration
    .routingGroups()
    .flatMap(({ configuration: group }) => group.agents)
    .filter((agent) => looksAfter(configuration, principal, agent.username));
  const dispositions = services.flatMap((service) => service.dispositions ?? []).map(({ name }) => name);
  return {
    accounts: namesOf(configuration.accounts()),
    services: namesOf(services),
    entries: namesOf(configuration.entries()),
    agents: agents
      .map((agent) => ({ username: agent.username, name: agent.name }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    teams: namesOf(teamsOf(configuration, principal)),
    dispositions: [...new Set(dispositions)].toSorted((one, other) => one.localeCompare(other)),
    labels: namesOf(configuration.labels()),
    scenarios: [...new Set(configuration.entries().map(({ scenario }) => scenario.split('@')[0] ?? ''))].toSorted(),
  };
}

function namesOf(items: readonly { name: string }[]): string[] {
  return items.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other));
}
