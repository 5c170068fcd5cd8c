import type { AgentVerdict, RoutingExplanation } from '../../contracts/actor-messages.ts';
import { formatDuration } from '../../contracts/duration.ts';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';

/** In the order of interest; what each says of one or several agents. */
const VERDICT_WORDS: readonly (readonly [AgentVerdict, string])[] = [
  ['free', 'free for it'],
  ['ramping-up', 'left alone for a moment after the last chat that they were given'],
  ['slots-taken', 'full: every slot is taken'],
  ['capacity-taken', 'full: no room for a chat of this weight'],
  ['not-ready', 'not ready'],
  ['finishing', 'finishing their chats and taking no new ones'],
  ['supervising', 'supervising'],
  ['connection-lost', 'without a connection'],
  ['last-agent-first', 'free, but the last agent comes first'],
  ['in-the-chat', 'in the chat already'],
  ['not-asked-for', 'not the agent who is asked for'],
  ['logged-out', 'logged out, with the skills'],
  ['lacks-skills', 'logged in without the skills'],
];
/** Names that one sentence lists. */
const LISTED = 10;

/** "Why is it waiting, why was it routed so", for people. */
export function tellRouting(
  explanation: RoutingExplanation | undefined,
  { decisions, now }: { decisions: readonly RoutingDecision[]; now: number },
): string[] {
  const { waiting, held = [] } = explanation ?? {};
  const last = decisions.at(-1);
  return [
    ...held.map(({ agent, isConnected }) =>
      isConnected ? `"${agent}" has the chat.` : `A slot of "${agent}" is reserved for it.`,
    ),
    ...(waiting ? tellQuestion(waiting, now) : []),
    ...(explanation ? tellAgents(explanation) : []),
    ...(!waiting && held.length === 0 ? ['It waits for nobody.'] : []),
    ...(last
      ? [`Last decision: ${last.outcome}${last.agent === undefined ? '' : ` ("${last.agent}")`}, ${last.reason}.`]
      : []),
  ];
}

function tellQuestion(waiting: NonNullable<RoutingExplanation['waiting']>, now: number): string[] {
  const { position, priority, agedPriority, queuedAt, ewtMs, onlyAgent, preferredAgent, widensAt } = waiting;
  const gained = agedPriority - priority;
  const aged = gained > 0 ? ` (${priority} and ${gained} by waiting)` : '';
  return [
    `It waits at position ${position} of ${waiting.waiting}, for ${seconds(now - queuedAt)}, at priority ${agedPriority}${aged}; expected: ${seconds(ewtMs)} more.`,
    tellWanted(waiting),
    ...(onlyAgent === undefined ? [] : [`Only "${onlyAgent}" will do.`]),
    ...(preferredAgent === undefined ? [] : [`"${preferredAgent}", who last talked with the customer, comes first.`]),
    ...(widensAt === undefined ? [] : [`The search widens in ${seconds(widensAt - now)}.`]),
  ];
}

function tellWanted({ skills, anySkillOf, service }: NonNullable<RoutingExplanation['waiting']>): string {
  const wanted = skills.map(({ name, minLevel }) => (minLevel > 1 ? `${name} (from level ${minLevel})` : name));
  const any = anySkillOf.length > 0 ? `one of ${anySkillOf.join(', ')}` : 'no skill';
  const of = service === undefined ? '' : ` for service "${service}"`;
  return `It asks for ${wanted.length > 0 ? wanted.join(' and ') : any}${of}.`;
}

function tellAgents({ agents }: RoutingExplanation): string[] {
  return VERDICT_WORDS.flatMap(([verdict, words]) => {
    const found = agents.filter((agent) => agent.verdict === verdict);
    if (found.length === 0) return [];
    const names = found.slice(0, LISTED).map(({ name, chats, slots, reason }) => {
      if (verdict === 'slots-taken') return `${name} (${chats} of ${slots})`;
      return verdict === 'not-ready' && reason !== undefined ? `${name} (${reason})` : name;
    });
    const more = found.length > LISTED ? ` and ${found.length - LISTED} more` : '';
    return [`${found.length} ${words}: ${names.join(', ')}${more}.`];
  });
}

const seconds = (ms: number): string => formatDuration(Math.max(0, Math.round(ms / 1000)) * 1000);
