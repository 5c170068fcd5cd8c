import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { DeskSnapshot, WaitReason } from '../../contracts/actor-messages.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { OpenRecord } from '../../contracts/supervision.ts';
import type { LiveOverview } from '../../contracts/supervision-view-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getSupervisedGroup, looksAfter, teamsOf } from '../agents/supervised-agents.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { countedFor, onlyVisible } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { askDesks } from '../desk/ask-desks.ts';
import { withChatLines } from '../desk/chat-lines.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { countServices, isWaiting } from './count-services.ts';
import { createDayRecords } from './day-records.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Customers who are listed one by one, with why they wait. */
const LISTED = 40;

const iso = (ms: number): string => new Date(ms).toISOString();

/** What supervisors watch: services, agents and the queue, of those whom they look after. */
export function registerOverviewRoutes(app: App, deps: AppDependencies): void {
  const listQueuedSince = createDayRecords(deps);
  registerRoute(app, httpRoutes.getLiveOverview, async (request): Promise<LiveOverview> => {
    const principal = getPrincipal(request);
    const now = deps.now();
    const since = request.query.since === undefined ? now - DAY_MS : Date.parse(request.query.since);
    const filter = await countedFor(deps, principal);
    const [configuration, desks, open, day] = await Promise.all([
      deps.configuration.get(),
      askDesks(deps),
      deps.openConversations.listOpen(filter),
      listQueuedSince(since, filter),
    ]);
    const waiting = open.filter(isWaiting);
    const own = filter.visibleTo?.team?.services;
    const services = configuration.services().filter(({ name }) => own === undefined || own.includes(name));
    return {
      at: iso(now),
      since: iso(since),
      services: countServices(services, { desks, open, day }),
      teams: describeTeams(configuration, principal),
      ...describeAgents(configuration, { desks, open, principal }),
      waiting: waiting.length,
      queue: await describeQueue(deps, { principal, waiting: waiting.slice(0, LISTED), configuration }),
    };
  });

  registerRoute(app, httpRoutes.listChatsOfAgent, async (request) => {
    const principal = getPrincipal(request);
    const { username } = request.params;
    getSupervisedGroup(await deps.configuration.get(), principal, username);
    const chats = await onlyVisible(deps, principal, await deps.conversations.listChatsOf(username));
    return wholeList(await withChatLines(deps, principal, chats));
  });
}

function describeTeams(configuration: ConfigurationSnapshot, principal: Principal): LiveOverview['teams'] {
  return teamsOf(configuration, principal).map(({ name, members, services }) => ({
    name,
    agents: members,
    services: services.map(({ service }) => service),
  }));
}

function describeAgents(
  configuration: ConfigurationSnapshot,
  { desks, open, principal }: { desks: readonly DeskSnapshot[]; open: readonly OpenRecord[]; principal: Principal },
): Pick<LiveOverview, 'agents' | 'agentsInAll'> {
  const services = configuration.services();
  const looked = configuration
    .routingGroups()
    .flatMap(({ group, configuration: { agents } }) => agents.map((agent) => ({ ...agent, group })))
    .filter(({ username }) => looksAfter(configuration, principal, username));
  const known = new Map(desks.flatMap(({ agents }) => agents.map(({ username, status }) => [username, status])));
  const agents = looked.flatMap(({ username, name, skills, slots, group }) => {
    const status = known.get(username);
    if (!status) return [];
    const { state, reason, since, setBy, chats, afterWork } = status;
    return [
      withoutUndefined({
        username,
        name,
        state,
        reason: reason === '' ? undefined : reason,
        since: iso(since),
        setBy,
        chats: chats + afterWork,
        slots,
        services: services.flatMap((each) =>
          each.group === group && each.skills.some((skill) => Object.hasOwn(skills, skill)) ? [each.name] : [],
        ),
        flags: open.filter(({ helpFlag }) => helpFlag?.by.username === username).length,
      }),
    ];
  });
  return { agents, agentsInAll: looked.length };
}

async function describeQueue(
  deps: AppDependencies,
  {
    principal,
    waiting,
    configuration,
  }: { principal: Principal; waiting: readonly OpenRecord[]; configuration: ConfigurationSnapshot },
): Promise<LiveOverview['queue']> {
  const [records, reasons] = await Promise.all([
    deps.watched.findConversations(waiting.map(({ conversationId }) => conversationId)),
    explainWaits(deps, waiting),
  ]);
  const found = waiting.flatMap(({ conversationId }) => records.get(conversationId) ?? []);
  const listed = await onlyVisible(deps, principal, found);
  const views = await withChatLines(deps, principal, listed);
  return views.map((conversation, index) => {
    const offer = listed[index]?.offer;
    const reason = reasons.get(conversation.id);
    const name = offer && (configuration.user(offer.agent)?.name ?? offer.agent);
    return withoutUndefined({
      conversation,
      offer: offer && { agent: { username: offer.agent, name: name ?? '' }, expiresAt: iso(offer.expiresAt) },
      why: reason && describeReason(reason),
    });
  });
}

/** By the groups whose queues they may be in: each dispatcher is asked once. */
async function explainWaits(
  { actors }: AppDependencies,
  waiting: readonly OpenRecord[],
): Promise<Map<string, WaitReason>> {
  const ids = waiting.filter(({ state }) => state === 'queued').map(({ conversationId }) => conversationId);
  const groups = new Set(waiting.flatMap(({ group, routedBy = [] }) => [...routedBy, ...(group ? [group] : [])]));
  const found = await Promise.all([...groups].map((group) => actors.explainWaits(group, ids)));
  return new Map(found.flatMap((reasons = []) => reasons.map((reason) => [reason.conversationId, reason])));
}

function describeReason({ waiting, agents }: WaitReason): LiveOverview['queue'][number]['why'] {
  const { position, ewtMs, agedPriority: priority, skills, onlyAgent, preferredAgent, widensAt } = waiting;
  return withoutUndefined({
    position,
    ewtMs,
    priority,
    skills,
    onlyAgent,
    preferredAgent,
    widensAt: widensAt === undefined ? undefined : iso(widensAt),
    agents,
  });
}
