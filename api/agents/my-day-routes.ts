import { AppError } from '../../contracts/app-error.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { MyWorkItem } from '../../contracts/own-chat-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { presentConversations } from '../conversations/present-conversations.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

/** How an agent's day was so far, and what they did on it and on others. */
export function registerMyDayRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getMyDay, (request) =>
    sumUpDay(deps, getDeskPrincipal(request).username, request.query.since),
  );
  registerRoute(app, httpRoutes.listMyWork, async (request) => {
    const { username } = getDeskPrincipal(request);
    const { since, until, cursor, limit } = request.query;
    const [from, to] = [Date.parse(since), Date.parse(until)];
    if (to - from > LONGEST_WORK_MS) throw tooLong();
    const filter = { stretch: { agent: username, from, to } };
    const { items, next } = await deps.conversations.listConversations(filter, { cursor, limit });
    return { items: await presentWork(deps, username, items), next };
  });
}

/** A month, and the hour by which it may be longer. */
const LONGEST_WORK_MS = (31 * 24 + 1) * 60 * 60 * 1000;

function tooLong(): AppError {
  const problem = { path: 'until', message: 'is more than 31 days after `since`', remedy: 'Ask for a shorter time.' };
  return new AppError('REQUEST_INVALID', { details: [problem] });
}

async function presentWork(
  deps: AppDependencies,
  username: string,
  records: ConversationRecord[],
): Promise<MyWorkItem[]> {
  const [views, wrapUps] = await Promise.all([
    presentConversations(deps, records),
    deps.wrapUps.listOfAgent(
      username,
      records.map(({ conversationId }) => conversationId),
    ),
  ]);
  return views.map((conversation) => {
    // Of several stretches in one chat the last word counts.
    const said = wrapUps.findLast(({ conversationId, at }) => conversationId === conversation.id && at !== undefined);
    const { disposition, note, followUpAt } = said ?? {};
    return {
      conversation,
      stretches: (conversation.segments ?? [])
        .filter(({ agent }) => agent === username)
        .map(({ from, to }) => withoutUndefined({ from, to })),
      ...withoutUndefined({
        disposition,
        note,
        followUpAt: followUpAt === undefined ? undefined : new Date(followUpAt).toISOString(),
      }),
    };
  });
}

/** A day, and what a clock of a browser may be wrong by. */
const LONGEST_DAY_MS = 26 * 60 * 60 * 1000;

async function sumUpDay(
  { conversations, now }: Pick<AppDependencies, 'conversations' | 'now'>,
  username: string,
  since: string,
): Promise<{ chats: number; averageMs?: number }> {
  const from = Math.max(Date.parse(since), now() - LONGEST_DAY_MS);
  const stretches = await conversations.listStretches(username, from);
  const lengths = stretches.flatMap((stretch) => (stretch.to === undefined ? [] : [stretch.to - stretch.from]));
  const sum = lengths.reduce((total, length) => total + length, 0);
  return {
    chats: stretches.length,
    ...(lengths.length > 0 && { averageMs: Math.round(sum / lengths.length) }),
  };
}
