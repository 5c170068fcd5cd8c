import { isCancellation } from '@temporalio/workflow';
import type { Progress } from '../../contracts/conversation-record.ts';
import { recordBriefly, recordLargeProgress } from './activities.ts';
import type { Actor } from './actor.ts';
import { askLocally } from './ask-locally.ts';

/**
 * Writes what the read model has to be told. A local activity where the database is quick; where it is not, an ordinary one: a
 * task that stays open for long meets more of a burst than the server keeps for it, is failed, and played again from its beginning.
 */
export async function recordProgress(actor: Actor, progress: Progress): Promise<void> {
  try {
    await askLocally(actor, () => recordBriefly(progress));
  } catch (error) {
    if (isCancellation(error)) throw error;
    await recordLargeProgress(progress);
  }
}
