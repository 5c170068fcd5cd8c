import { servicesForSkills } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { classifyMessage } from '../../contracts/messenger-policy.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';

/** The newest of a customer; an open one is among them. */
const LOOKED_AT = 20;

/**
 * The group whose dispatcher keeps the slots of an agent who begins a conversation for a service.
 * @throws AppError FORBIDDEN where they do not serve it; AGENT_LOGGED_OUT
 */
export async function requireAgent(
  { actors, configuration }: AppDependencies,
  { username }: DeskPrincipal,
  service: string,
): Promise<string> {
  const snapshot = await configuration.get();
  const group = snapshot.groupOfUser(username);
  const agents = snapshot.routingGroups().flatMap((each) => each.configuration.agents);
  const skills = agents.find((agent) => agent.username === username)?.skills ?? {};
  const wanted = snapshot.service(service);
  const serves = wanted && (wanted.skills.length === 0 || servicesForSkills([wanted], skills).length > 0);
  if (group === undefined || !serves)
    throw new AppError('FORBIDDEN', {
      message: `You begin chats only for services that you serve, not for "${service}".`,
    });
  if (!(await actors.getAgentStatus(group, username)))
    throw new AppError('AGENT_LOGGED_OUT', {
      message: 'You are not logged in as an agent. Choose Ready or Not Ready first.',
    });
  return group;
}

/** @throws AppError CUSTOMER_UNREACHABLE, WINDOW_CLOSED or CONVERSATION_OPEN, with the reason */
export async function requireReachable(deps: AppDependencies, key: ConversationKey): Promise<void> {
  const [configuration, customer, [contact], open] = await Promise.all([
    deps.configuration.get(),
    deps.customers.find(key.pageId, key.psid),
    deps.people.contacts.findByPsid(key.psid, key.pageId),
    findOpenConversation(deps, key),
  ]);
  const account = configuration.accountByPage(key.pageId);
  if (!account || account.enabled === false) throw unreachable('is on a Page that has no account that is enabled');
  if (contact?.block) throw unreachable('is blocked');
  if (await deps.customers.isThreadElsewhere(key, customer, { now: deps.now() }))
    throw unreachable('talks with another app or in the Page Inbox now');
  if (open) throw open;
  if (!customer.window) throw new AppError('WINDOW_CLOSED');
  const allowed = classifyMessage('agent', customer.window, deps.now());
  const isByTag = 'messaging_type' in allowed && allowed.messaging_type === 'MESSAGE_TAG';
  if ('parkedBecause' in allowed) throw new AppError('WINDOW_CLOSED', { message: `${allowed.parkedBecause}.` });
  if (isByTag && account.humanAgent === false)
    throw new AppError('WINDOW_CLOSED', {
      message: `The customer last wrote more than 24 hours ago, and account "${account.name}" may not use the Human Agent tag.`,
    });
}

function unreachable(message: string): AppError {
  const remedy = 'Nobody can write to this customer first until that has changed.';
  return new AppError('CUSTOMER_UNREACHABLE', { details: [{ path: 'customer', message, remedy }] });
}

/** The refusal that names a customer's open conversation; undefined where there is none. */
export async function findOpenConversation(
  { conversations }: Pick<AppDependencies, 'conversations'>,
  { pageId, psid }: ConversationKey,
): Promise<AppError | undefined> {
  const { items } = await conversations.listConversations({ pageId, psid }, { limit: LOOKED_AT });
  const open = items.find(({ state }) => state !== 'ended' && state !== 'unrouted');
  if (!open) return undefined;
  const message = `conversation ${open.conversationId} is open`;
  const remedy = 'Take part in that one, or wait until it has ended.';
  return new AppError('CONVERSATION_OPEN', { details: [{ path: 'customer', message, remedy }] });
}
