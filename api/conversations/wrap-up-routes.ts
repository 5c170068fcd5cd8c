import type { WrapUp, WrapUpKey } from '../../adapters/mongo/wrap-ups-repository.ts';
import type { Service } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';
import { DEFAULT_GROUP } from '../../contracts/routing.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { WrapUpView } from '../../contracts/wrap-up-schema.ts';
import { getDeskPrincipal, getPrincipal, type DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { runOnce } from './run-once.ts';
import { getVisibleConversation } from './visible-conversation.ts';

/** More time can be asked for so often. */
const MOST_EXTENSIONS = 3;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The paper work of agents after a chat: what it came to, and the time for it. The customer waits for none of it. */
export function registerWrapUpRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getWrapUp, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const service = await serviceOf(deps, record);
    const wrapUps = await deps.wrapUps.listOfConversation(record.conversationId);
    return withoutUndefined({
      wrapUps: wrapUps.map(presentWrapUp),
      dispositions: shownDispositions(service),
      isDispositionRequired: service?.wrapUp?.required ?? false,
      extendMs: service?.wrapUp?.extendMs,
    });
  });

  registerRoute(app, httpRoutes.listMyWrapUps, async (request) =>
    wholeList((await deps.wrapUps.listOpen(getDeskPrincipal(request).username)).map(presentWrapUp)),
  );

  registerRoute(app, httpRoutes.wrapUp, async (request) => {
    const principal = getDeskPrincipal(request);
    const { clientId, ...body } = request.body;
    const issue = { principal, conversationId: request.params.id, command: { type: 'wrap-up', clientId, ...body } };
    return runOnce(deps, issue, async () => {
      const { key, group, service } = await findStretch(deps, principal, request.params.id);
      requireDisposition(service, body.disposition);
      const { followUpAt, ...said } = body;
      const content = withoutUndefined({
        ...said,
        followUpAt: followUpAt === undefined ? undefined : Date.parse(followUpAt),
      });
      const { conversationId, username } = key;
      const kept = await deps.wrapUps.recordContent(key, content, deps.now());
      await deps.actors.tellAfterWork(group, { conversationId, username, change: { type: 'done' } });
      return presentWrapUp(kept);
    });
  });

  registerRoute(app, httpRoutes.extendWrapUp, async (request) => {
    const principal = getDeskPrincipal(request);
    const command = { type: 'extend-wrap-up', ...request.body };
    return runOnce(deps, { principal, conversationId: request.params.id, command }, () =>
      extend(deps, principal, request.params.id),
    );
  });
}

async function extend(
  deps: AppDependencies,
  principal: DeskPrincipal,
  conversationId: string,
): Promise<{ until: string }> {
  const { key, group, service } = await findStretch(deps, principal, conversationId);
  const moreMs = service?.wrapUp?.extendMs;
  const { afterWork } = (await deps.wrapUps.find(key)) ?? {};
  if (moreMs === undefined || !afterWork || afterWork.ended) throw new AppError('WRAP_UP_OVER');
  if ((await deps.wrapUps.countExtension(key)) >= MOST_EXTENSIONS) throw new AppError('WRAP_UP_OVER');
  const { username } = key;
  await deps.actors.tellAfterWork(group, { conversationId, username, change: { type: 'extend', moreMs } });
  return { until: iso(afterWork.until + moreMs) };
}

interface Stretch {
  key: WrapUpKey;
  /** Whose dispatcher keeps the time. */
  group: string;
  service: Service | undefined;
}

/** The caller's latest stretch in a conversation. @throws AppError NOT_YOUR_CONVERSATION where they had none */
async function findStretch(deps: AppDependencies, principal: DeskPrincipal, conversationId: string): Promise<Stretch> {
  const record = await getVisibleConversation(deps, principal, conversationId);
  const { username } = principal;
  const taken = findTaken(await deps.routing.listDecisions(conversationId), username);
  const hasTalked = (record.segments ?? []).some(({ agent }) => agent === username);
  if (!record.servedBy.includes(username) || (!taken && !hasTalked)) throw new AppError('NOT_YOUR_CONVERSATION');
  const requestId = taken?.requestId ?? (await findOwnSegment(deps, record, username));
  const key = { conversationId, requestId, username };
  const { group = DEFAULT_GROUP, service = '' } = { ...record, ...taken, ...taken?.asked };
  return { key, group, service: (await deps.configuration.get()).service(service) };
}

/** The last decision that gave the agent the chat, and that they did not refuse. */
function findTaken(
  decisions: readonly RoutingDecision[],
  username: string,
): (RoutingDecision & { requestId: string }) | undefined {
  const refused = new Set(
    decisions
      .filter(({ outcome }) => outcome === 'rejected' || outcome === 'no-answer' || outcome === 'expired')
      .map(({ requestId }) => requestId),
  );
  const taken = decisions.findLast(
    ({ outcome, agent, requestId }) => outcome === 'reserved' && agent === username && !refused.has(requestId),
  );
  return taken?.requestId === undefined ? undefined : { ...taken, requestId: taken.requestId };
}

/** Of who was given the chat by no dispatcher: they took it over, or began it. Without a slot there is no time for paper work. */
async function findOwnSegment(
  { wrapUps }: AppDependencies,
  { conversationId }: ConversationRecord,
  username: string,
): Promise<string> {
  const own = (await wrapUps.listOfConversation(conversationId)).findLast((each) => each.username === username);
  return own?.requestId ?? `${conversationId}:no-slot`;
}

async function serviceOf(deps: AppDependencies, { service }: ConversationRecord): Promise<Service | undefined> {
  return (await deps.configuration.get()).service(service ?? '');
}

function shownDispositions(service: Service | undefined): { name: string; folder?: string }[] {
  return (service?.dispositions ?? [])
    .filter(({ hidden }) => hidden !== true)
    .map(({ name, folder }) => withoutUndefined({ name, folder }));
}

function requireDisposition(service: Service | undefined, disposition: string | undefined): void {
  const names = shownDispositions(service).map(({ name }) => name);
  if (disposition === undefined) {
    if (service?.wrapUp?.required !== true) return;
    throw refuse('is missing: this service needs one', names);
  }
  if (!names.includes(disposition)) throw refuse(`"${disposition}" is none of this service`, names);
}

function refuse(message: string, names: readonly string[]): AppError {
  const remedy =
    names.length > 0 ? `Give one of ${names.join(', ')}.` : 'Leave it out: the service has no dispositions.';
  return new AppError('REQUEST_INVALID', { details: [{ path: 'disposition', message, remedy }] });
}

function presentWrapUp(wrapUp: WrapUp): WrapUpView {
  const { conversationId, requestId: segment, username: agent, disposition, note, followUpAt, at, afterWork } = wrapUp;
  return withoutUndefined({
    conversationId,
    segment,
    agent,
    disposition,
    note,
    followUpAt: followUpAt === undefined ? undefined : iso(followUpAt),
    at: at === undefined ? undefined : iso(at),
    afterWork: afterWork && presentAfterWork(afterWork),
  });
}

function presentAfterWork({
  since,
  until,
  ended,
}: NonNullable<WrapUp['afterWork']>): NonNullable<WrapUpView['afterWork']> {
  const end = ended && { endedAt: iso(ended.at), endedBy: ended.by };
  return { since: iso(since), until: iso(until), ...end };
}
