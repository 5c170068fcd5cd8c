import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Service } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { AgentVerdict, DeskSnapshot } from '../../contracts/actor-messages.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { RoutableAgent, SkillLevels } from '../../contracts/routing.ts';
import type { TransferTargets } from '../../contracts/transfer-targets-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

type TargetAgent = TransferTargets['agents'][number];
type TargetService = TransferTargets['services'][number];
type Configuration = Pick<
  ConfigurationSnapshot,
  'routingGroups' | 'services' | 'service' | 'entries' | 'scenarioHeads'
>;

/** What stands in the way of asking somebody at this moment, for people. */
const WHY_NOT: Record<Exclude<AgentVerdict, 'free'>, string> = {
  'in-the-chat': 'Is in this chat already.',
  'logged-out': 'Is not logged in.',
  supervising: 'Watches others and takes no chats.',
  finishing: 'Finishes their chats and takes no new ones.',
  'connection-lost': 'Has lost the connection; is asked when it is back.',
  'not-ready': 'Is not ready; is asked when they are.',
  'slots-taken': 'Has no free slot; is asked when one is free.',
  'capacity-taken': 'Has no room for a chat of this weight; is asked when there is.',
  'ramping-up': 'Has just been given a chat; is asked in a moment.',
  // Of searches by skill only.
  'lacks-skills': 'Lacks the skills.',
  'not-asked-for': 'Is not asked for.',
  'last-agent-first': 'The last agent comes first.',
};

/** Who in these states is waited for in vain. */
const UNREACHABLE: ReadonlySet<AgentVerdict> = new Set(['in-the-chat', 'logged-out', 'supervising', 'finishing']);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Whom a chat may be handed to. `desks`: what each dispatcher that runs says of its group. */
export function listTransferTargets(
  record: ConversationRecord,
  configuration: Configuration,
  desks: readonly DeskSnapshot[],
): TransferTargets {
  return {
    agents: listAgents(record, configuration, desks),
    services: listServices(record, configuration, desks),
    entries: configuration
      .entries()
      .map(({ name, account, service, scenario }) => ({ name, account, service, scenario })),
    scenarios: configuration
      .scenarioHeads()
      .map(({ name }) => ({ name }))
      .toSorted((one, other) => compare(one.name, other.name)),
  };
}

function listAgents(
  record: ConversationRecord,
  configuration: Configuration,
  desks: readonly DeskSnapshot[],
): TargetAgent[] {
  const wanted = configuration.service(record.service ?? '')?.skills ?? [];
  const inChat = usernamesIn(record);
  const known = new Map(desks.flatMap(({ agents }) => agents.map((agent) => [agent.username, agent])));
  return configuration
    .routingGroups()
    .flatMap(({ configuration: { agents } }) => agents)
    .map((agent) => {
      const { status, verdict = 'logged-out' } = known.get(agent.username) ?? {};
      return describeAgent(agent, wanted, { status, verdict: inChat.has(agent.username) ? 'in-the-chat' : verdict });
    })
    .toSorted(compareAgents);
}

function describeAgent(
  { username, name, slots, skills }: RoutableAgent,
  wanted: readonly string[],
  { status, verdict }: { status: DeskSnapshot['agents'][number]['status']; verdict: AgentVerdict },
): TargetAgent {
  return withoutUndefined({
    username,
    name,
    slots,
    skills: sortSkills(skills, wanted),
    isSkilled: wanted.length === 0 || wanted.some((skill) => Object.hasOwn(skills, skill)),
    ...describeStatus(status),
    verdict,
    canTakeNow: verdict === 'free',
    whyNot: verdict === 'free' ? undefined : WHY_NOT[verdict],
    canBeAsked: !UNREACHABLE.has(verdict),
    expectedWaitMs: UNREACHABLE.has(verdict) ? undefined : status?.expectedWaitMs,
  });
}

function describeStatus(
  status: DeskSnapshot['agents'][number]['status'],
): Pick<TargetAgent, 'state' | 'reason' | 'since' | 'chats' | 'loadPercent'> {
  if (!status) return { state: 'logged-out', chats: 0, loadPercent: 0 };
  const { state, reason, since, chats, afterWork, loadPercent } = status;
  const said = reason === '' ? {} : { reason };
  return { state, ...said, since: new Date(since).toISOString(), chats: chats + afterWork, loadPercent };
}

/** Those that serve the chat's service first, then by level. */
function sortSkills(skills: SkillLevels, wanted: readonly string[]): TargetAgent['skills'] {
  const isWanted = (name: string): number => Number(wanted.includes(name));
  return Object.entries(skills)
    .map(([name, level]) => ({ name, level }))
    .toSorted(
      (one, other) =>
        isWanted(other.name) - isWanted(one.name) || other.level - one.level || compare(one.name, other.name),
    );
}

/** Who can take it now, who can be waited for, who has the skills, who has most room. */
function compareAgents(one: TargetAgent, other: TargetAgent): number {
  return (
    Number(other.canTakeNow) - Number(one.canTakeNow) ||
    Number(other.canBeAsked) - Number(one.canBeAsked) ||
    Number(other.isSkilled) - Number(one.isSkilled) ||
    one.loadPercent - other.loadPercent ||
    compare(one.name, other.name)
  );
}

function usernamesIn({ agent, participants = [] }: ConversationRecord): Set<string> {
  return new Set(
    [...(agent ? [agent] : []), ...participants.map((each) => each.agent)].map(({ username }) => username),
  );
}

function listServices(
  record: ConversationRecord,
  configuration: Configuration,
  desks: readonly DeskSnapshot[],
): TargetService[] {
  const known = new Map(desks.flatMap(({ services }) => services.map((service) => [service.name, service])));
  return configuration
    .services()
    .map((service) => describeService(service, known.get(service.name), record.service))
    .toSorted(
      (one, other) =>
        Number(other.canTakeNow) - Number(one.canTakeNow) ||
        Number(other.canBeAsked) - Number(one.canBeAsked) ||
        compare(one.name, other.name),
    );
}

function describeService(
  { name, group }: Service,
  found: DeskSnapshot['services'][number] | undefined,
  own: string | undefined,
): TargetService {
  const { agentsLoggedIn = 0, agentsReady = 0, waiting = 0, oldestWaitingMs = 0, ewtMs } = found ?? {};
  const whyNot = agentsLoggedIn === 0 ? 'Nobody who serves it is logged in.' : 'Nobody is free; who comes waits.';
  return withoutUndefined({
    name,
    group,
    isOwn: name === own,
    waiting,
    oldestWaitingMs,
    ewtMs,
    agentsLoggedIn,
    agentsReady,
    canTakeNow: agentsReady > 0,
    whyNot: agentsReady > 0 ? undefined : whyNot,
    canBeAsked: agentsLoggedIn > 0,
  });
}
