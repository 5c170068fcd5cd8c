import { servicesForSkills, takesChats } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Service } from '../../adapters/mongo/configuration/configuration-items.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { withTeamSkills } from '../../adapters/mongo/configuration/routing-items.ts';
import { listRoutingReferences } from './routing-references.ts';
import type { InputProblem } from '../../contracts/app-error.ts';
import { checkRoles } from './check-roles.ts';
import { findOrigin, type ProposedConfiguration, type Origin } from './proposed-configuration.ts';

interface Missing {
  what: string;
  name: string;
  known: readonly string[];
}

function describeMissing(path: string, { what, name, known }: Missing): InputProblem {
  const nearest = findNearestName(name, known);
  const remedy =
    nearest === undefined ? `Apply ${what} "${name}" together with this, or before.` : `Did you mean "${nearest}"?`;
  return { path, message: `there is no ${what} "${name}"`, remedy };
}

/** A field of an item that names another one. */
interface Reference extends Missing {
  field: string;
}

/** The references that an item holds, each with the names there are. */
function listReferences({ items }: ProposedConfiguration, { kind, key }: Origin): Reference[] {
  const { accounts, services, entries, hours, secrets, scenarioHeads } = items;
  const accountNames = new Set([...accounts.values()].map((account) => account.name));
  const item = kind === 'entry' ? entries.get(key) : kind === 'service' ? services.get(key) : undefined;
  const entry = kind === 'entry' ? entries.get(key) : undefined;
  const isPinned = entry?.scenario.includes('@') === true;
  const named = [
    { field: 'account', what: 'account', name: item?.account, known: accountNames },
    { field: 'hours', what: 'hours', name: item?.hours, known: hours.keys() },
    { field: 'service', what: 'service', name: entry?.service, known: services.keys() },
    { field: 'scenario', what: 'scenario', name: isPinned ? undefined : entry?.scenario, known: scenarioHeads.keys() },
    ...listRoutingReferences(items, { kind, key }),
    { field: 'token', what: 'secret', name: findToken(items, { kind, key }), known: secrets.keys() },
    ...listWebhookReferences(items, kind === 'webhook' ? key : undefined),
  ];
  return named.flatMap(({ name, known, ...rest }) =>
    name === undefined ? [] : [{ ...rest, name, known: [...known] }],
  );
}

function listWebhookReferences(
  { webhooks, secrets, services }: ProposedConfiguration['items'],
  key: string | undefined,
): { field: string; what: string; name: string; known: Iterable<string> }[] {
  const webhook = key === undefined ? undefined : webhooks.get(key);
  if (!webhook) return [];
  const named = (webhook.services ?? []).map((name, index) => ({ field: `services.${index}`, what: 'service', name }));
  return [
    { field: 'secret', what: 'secret', name: webhook.secret, known: secrets.keys() },
    ...named.map((reference) => ({ ...reference, known: services.keys() })),
  ];
}

function findToken({ bots, models }: ProposedConfiguration['items'], { kind, key }: Origin): string | undefined {
  if (kind === 'bot') return bots.get(key)?.token;
  return kind === 'model' ? models.get(key)?.token : undefined;
}

function checkNames(proposed: ProposedConfiguration): InputProblem[] {
  return proposed.origins.flatMap((origin, index) => {
    const references = origin ? listReferences(proposed, origin) : [];
    return references
      .filter(({ name, known }) => !known.includes(name))
      .map(({ field, ...missing }) => describeMissing(`documents.${index}.${field}`, missing));
  });
}

interface Binding {
  name: string;
  account?: string;
  /** Index of the document; -1 where it is stored only, and so was there first. */
  index: number;
}

/** One Page per entry, one Page per service for outbound chats: the later one is refused, with the name of the first. */
function checkBindings(proposed: ProposedConfiguration, kind: 'entry' | 'service'): InputProblem[] {
  const bindings: Binding[] = [...(kind === 'entry' ? proposed.items.entries : proposed.items.services).values()].map(
    (item) => ({ ...item, index: findOrigin(proposed, kind, item.name) ?? -1 }),
  );
  const first = new Map<string, string>();
  const problems: InputProblem[] = [];
  for (const { name, account, index } of bindings.toSorted((one, other) => one.index - other.index)) {
    if (account === undefined) continue;
    const holder = first.get(account);
    if (holder === undefined) {
      first.set(account, name);
      continue;
    }
    const message = `account "${account}" is bound to ${kind} "${holder}" already`;
    const remedy = `Give this ${kind} another account, or take it from "${holder}" first.`;
    problems.push({ path: `documents.${index}.account`, message, remedy });
  }
  return problems;
}

/** An agent belongs to one group, that of the services their skills serve. */
function checkGroups(proposed: ProposedConfiguration): InputProblem[] {
  const services = [...proposed.items.services.values()];
  const problems: InputProblem[] = [];
  const users = withTeamSkills([...proposed.items.users.values()], { teams: proposed.items.teams.values(), services });
  for (const user of users.filter(takesChats(proposed.items.roles.values()))) {
    const [one, ...rest] = servicesForSkills(services, user.skills);
    const other = rest.find((service) => service.group !== one?.group);
    if (!one || !other) continue;
    const message = `skills of "${user.username}" serve ${inGroup(one)} and ${inGroup(other)}`;
    const remedy = 'Take the skills of one of them away, or put both services into one group.';
    problems.push({ path: groupPath(proposed, user.username, [one, other]), message, remedy });
  }
  return problems;
}

const inGroup = ({ name, group }: Service): string => `service "${name}" of group "${group}"`;

function groupPath(proposed: ProposedConfiguration, username: string, services: Service[]): string {
  const user = findOrigin(proposed, 'user', username);
  if (user !== undefined) return `documents.${user}.skills`;
  const index = services.map(({ name }) => findOrigin(proposed, 'service', name)).find((found) => found !== undefined);
  if (index !== undefined) return `documents.${index}.group`;
  const teams = [...proposed.items.teams.values()].filter(({ members }) => members.includes(username));
  const team = teams.map(({ name }) => findOrigin(proposed, 'team', name)).find((found) => found !== undefined);
  return `documents.${team ?? 0}.services`;
}

/** Everything wrong between the items of a draft, each at the document of the request that brought it in. */
export function checkReferences(proposed: ProposedConfiguration): InputProblem[] {
  return [
    ...checkNames(proposed),
    ...checkBindings(proposed, 'entry'),
    ...checkBindings(proposed, 'service'),
    ...checkGroups(proposed),
    ...checkRoles(proposed),
  ];
}
