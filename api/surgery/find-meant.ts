import type { OperableConversation, TimerFilter } from '../../adapters/mongo/timer-board.ts';
import { AppError } from '../../contracts/app-error.ts';
import { MOST_AT_ONCE, type BulkSurgery, type BulkSurgeryItem } from '../../contracts/bulk-surgery.ts';
import type { BulkPreviewRequest } from '../../contracts/bulk-surgery-schema.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import type { Principal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import type { Meant } from './preview-bulk.ts';

type Deps = Pick<AppDependencies, 'configuration' | 'conversations' | 'timerBoard'>;

type AskedItem = NonNullable<BulkPreviewRequest['items']>[number];

/** Whom an operation is for: as they were named, or found now. `found`: how many there are, of which no more than the bound are taken. */
export async function findMeant(
  deps: Deps,
  principal: Principal,
  { surgery, items, filter = {} }: BulkPreviewRequest,
): Promise<{ meant: Meant[]; found: number }> {
  const limits = await visibleTo(deps, principal);
  if (items) {
    const named = items.map((item, index) => readItem(surgery, item, index));
    const meant = await findNamed(deps, named, limits);
    return { meant, found: meant.length };
  }
  const { account, pageId, ...rest } = filter;
  if (isOfTimers(surgery) && rest.kind === undefined) throw refusal('body.filter.kind', 'is missing', NAME_A_KIND);
  const wanted: TimerFilter = { ...rest, ...(await findPageFilter(deps, { account, pageId })), ...limits };
  const conversations = await deps.timerBoard.find(wanted, MOST_AT_ONCE);
  const count = conversations.length < MOST_AT_ONCE ? conversations.length : await deps.timerBoard.count(wanted);
  if (!isOfTimers(surgery)) return { meant: conversations.map((conversation) => ({ conversation })), found: count };
  const meant = conversations.flatMap((conversation) =>
    conversation.timers.flatMap((timer) => (timer.kind === rest.kind ? [{ conversation, timer }] : [])),
  );
  const unseen = count - conversations.length;
  return { meant: meant.slice(0, MOST_AT_ONCE), found: meant.length + unseen };
}

const NAME_A_KIND = 'Name the kind of timer, as GET /api/v1/timers gives it.';

function isOfTimers({ kind }: BulkSurgery): boolean {
  return kind === 'fire-timer' || kind === 'put-off-timer';
}

/** @throws AppError REQUEST_INVALID for one that lacks its timer */
export function readItem(
  surgery: BulkSurgery,
  { conversationId, block, timer, at }: AskedItem,
  index: number,
): BulkSurgeryItem {
  if (!isOfTimers(surgery)) return { conversationId, ...(block !== undefined && { block }) };
  if (timer !== undefined && at !== undefined) return { conversationId, timer, at: Date.parse(at) };
  const remedy = 'Give `timer` and `at` of each, as GET /api/v1/timers or the preview gives them.';
  throw refusal(`body.items.${index}.${timer === undefined ? 'timer' : 'at'}`, 'is missing', remedy);
}

/** Those that run no more, and those that the caller may not see, are as if they were over. */
async function findNamed(
  { timerBoard }: Deps,
  items: readonly BulkSurgeryItem[],
  limits: Pick<TimerFilter, 'visibleTo'>,
): Promise<Meant[]> {
  const ids = [...new Set(items.map(({ conversationId }) => conversationId))];
  const found = await timerBoard.find({ ...limits, ids }, ids.length);
  const byId = new Map(found.map((conversation) => [conversation.conversationId, conversation]));
  return items.map(({ conversationId, timer: id, at }) => ({
    conversation: byId.get(conversationId) ?? overOf(conversationId),
    ...(id !== undefined && at !== undefined && { timer: { id, at } }),
  }));
}

function overOf(conversationId: string): OperableConversation {
  return { conversationId, workflowId: '', timers: [] };
}

function refusal(path: string, message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, message, remedy }] });
}
