import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { LiveNote } from '../../contracts/live-event.ts';
import type { FilesRepository } from './files-repository.ts';
import type { PendingChanges, MessageChange } from './pending-changes.ts';
import type { MessageDocument } from './message-document.ts';
import type { RecordMarks } from './records/record-marks.ts';
import { messageKey } from '../../contracts/message-key.ts';

interface ChangeDependencies {
  messages: Collection<MessageDocument>;
  pendingChanges: PendingChanges;
  marks: Pick<RecordMarks, 'beside'>;
  files: Pick<FilesRepository, 'expireOfMessage'>;
  /** Of what was written, for those who watch. */
  tell: (notes: readonly LiveNote[]) => void;
  now: () => number;
}

/** So often is a change tried that no message fits: over some twelve hours, each wait twice the one before. */
const MAX_TRIES = 15;
const CLAIM_MS = 10_000;
const MAX_AT_ONCE = 200;

/** Writes a change to its message; where the message is not there yet, keeps it until it is. An unknown one is no error. */
export async function recordChange(deps: ChangeDependencies, change: MessageChange): Promise<void> {
  if (!(await applyChange(deps, change))) await deps.pendingChanges.keep(change, deps.now());
}

/** Tries the kept changes that are due. Any number of processes may do so. */
export async function applyPendingChanges(deps: ChangeDependencies): Promise<void> {
  const { pendingChanges, now } = deps;
  for (let count = 0; count < MAX_AT_ONCE; count += 1) {
    const due = await pendingChanges.claim(now(), now() + CLAIM_MS);
    if (!due) return;
    if ((await applyChange(deps, due.change)) || due.tries >= MAX_TRIES) await pendingChanges.remove(due.id);
    else await pendingChanges.retryAt(due.id, now() + 1000 * 2 ** due.tries);
  }
}

/** True where the message is there, whether or not the change still said something new of it. */
async function applyChange(
  { messages, marks, tell, files, now }: Pick<ChangeDependencies, 'messages' | 'marks' | 'tell' | 'files' | 'now'>,
  change: MessageChange,
): Promise<boolean> {
  // Taken back by the customer: our copies go as well. Each time it is tried: the message, and its copies, may come behind it.
  if (change.outcome === 'delete' && change.mid !== undefined)
    await files.expireOfMessage(messageKey(change.pageId, change.psid, change.mid), now());
  const mid = 'targetMid' in change ? change.targetMid : 'mid' in change ? change.mid : undefined;
  if (mid === undefined) return true;
  const isOfCustomer = change.outcome === 'edit' || change.outcome === 'delete';
  const target: Filter<MessageDocument> = {
    pageId: change.pageId,
    psid: change.psid,
    mid,
    ...(isOfCustomer && { direction: 'in' as const }),
  };
  const { filter, update } = toUpdate(change);
  if (update === undefined) return true;
  const known = await messages.findOne(target, { projection: { conversationId: 1 } });
  if (!known) return false;
  const write = () => messages.updateMany({ ...target, ...filter }, update);
  // What was said is not said any more, or in other words.
  const { matchedCount } = await (isOfCustomer ? marks.beside(known.conversationId, write) : write());
  const { pageId, psid } = change;
  if (matchedCount > 0) tell([{ type: 'message.changed', message: { pageId, psid, mid } }]);
  return true;
}

/** Each guards itself: what is older than what was written changes nothing, and nothing brings back what was deleted. */
function toUpdate(change: MessageChange): { filter: Filter<MessageDocument>; update?: UpdateFilter<MessageDocument> } {
  const { at } = change;
  const isNewer = { $or: [{ reactionAt: { $exists: false } }, { reactionAt: { $lte: at } }] };
  switch (change.outcome) {
    case 'reaction':
      return {
        filter: isNewer,
        update: { $set: { reaction: change.emoji ?? change.reaction ?? 'other', reactionAt: at } },
      };
    case 'unreact':
      return { filter: isNewer, update: { $set: { reactionAt: at }, $unset: { reaction: '' } } };
    case 'delete':
      return { filter: {}, update: { $set: { isDeleted: true, attachments: [] }, $unset: { text: '' } } };
    case 'edit': {
      const { text, editCount = 1 } = change;
      if (text === undefined) return { filter: {} };
      const isLater = { $or: [{ editCount: { $exists: false } }, { editCount: { $lt: editCount } }] };
      return { filter: { isDeleted: { $ne: true }, ...isLater }, update: { $set: { text, editCount } } };
    }
  }
}
