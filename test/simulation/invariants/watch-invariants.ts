import type { World } from '../world/world.ts';
import { aClosedPageIsLookedAfter } from './a-closed-page-is-looked-after.ts';
import { acknowledgedMessageHasARow } from './acknowledged-message-has-a-row.ts';
import { afterWorkEnds } from './after-work-ends.ts';
import { connectedAgentIsThere } from './connected-agent-is-there.ts';
import { endedLeavesNothingBehind } from './ended-leaves-nothing-behind.ts';
import { everyConversationEnds } from './every-conversation-ends.ts';
import { everyMessageInOneTranscript } from './every-message-in-one-transcript.ts';
import { historyIsBounded } from './history-is-bounded.ts';
import type { Invariant, Moment } from './invariant.ts';
import { noPartTwice } from './no-part-twice.ts';
import { noPartWaitsInVain } from './no-part-waits-in-vain.ts';
import { nobodyWaitsInVain } from './nobody-waits-in-vain.ts';
import { oneSpeaker } from './one-speaker.ts';
import { recordIsTheActor } from './record-is-the-actor.ts';
import { slotsAreNeverExceeded } from './slots-are-never-exceeded.ts';
import { whatWasChosenHolds } from './what-was-chosen-holds.ts';

/** What Temporal itself tells (loops, failed tasks, dead processes) stands in `world/watch-service.ts`. */
const INVARIANTS: readonly Invariant[] = [
  slotsAreNeverExceeded,
  nobodyWaitsInVain,
  connectedAgentIsThere,
  oneSpeaker,
  everyMessageInOneTranscript,
  acknowledgedMessageHasARow,
  noPartTwice,
  endedLeavesNothingBehind,
  recordIsTheActor,
  everyConversationEnds,
  historyIsBounded,
  noPartWaitsInVain,
  aClosedPageIsLookedAfter,
  whatWasChosenHolds,
  afterWorkEnds,
];

/** Watches a world for everything that must hold. */
export function watchInvariants(world: World): { check(moment: Moment): void } {
  const looks = INVARIANTS.map((invariant) => ({ invariant, look: invariant.watch(world) }));
  return {
    check(moment) {
      for (const { invariant, look } of looks) {
        if (world.resetByOperator.size > 0 && !invariant.survivesReset) continue;
        const what = look(moment);
        if (what !== undefined) return world.violate(invariant.title, what);
      }
    },
  };
}
