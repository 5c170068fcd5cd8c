import type { ConversationEvent } from '../../contracts/history-event.ts';
import { labelsOf, type Fact, type ReportDefinition } from '../definition.ts';

export const scenarioPaths: ReportDefinition = {
  name: 'scenario-paths',
  version: 1,
  title: 'Ways through a scenario',
  about: 'How often conversations went on from each block to which other one.',
  bookedAt: 'when the conversation began',
  dimensions: ['scenario', 'block', 'next'],
  figures: ['wentOn', 'passed'],
  drawn: 'wentOn',
  scope: 'service',
  edgeCases: [
    'Two ways out of a block that lead to the same block are one.',
    'The history names the last ten blocks of a turn, and those of a thousand turns; a way to or from a block that it does not name is not counted.',
    'A move to another version is no way itself; who waits on in a block goes on from it.',
    'A block is known by its id: versions of a scenario that use the same id count together.',
    'Ways of a conversation over midnight are booked on the day on which it began.',
  ],
  ofConversation: ({ chronicle, story }) => {
    const { conversationId, service, startedAt } = chronicle;
    return [...countWays(story.events)].flatMap(([block, nexts]) =>
      [...nexts].map(([next, count]): Fact => ({
        at: startedAt,
        conversationId,
        labels: labelsOf(chronicle, { block, next, ...(service !== undefined && { service }) }),
        values: { wentOn: count, passed: 1 },
      })),
    );
  },
};

/** How often it went from one block to the next, by both. */
function countWays(events: readonly ConversationEvent[]): Map<string, Map<string, number>> {
  const ways = new Map<string, Map<string, number>>();
  let before: string | undefined;
  for (const event of events) {
    // It waits on in the middle of that block, or begins it, which is told next.
    if (event.type === 'moved') before = event.data.how === 'begins' ? undefined : event.data.to;
    if (event.type !== 'block-entered') continue;
    const { blocks, count } = event.data;
    // What the event does not name lies between.
    if (count > blocks.length) before = undefined;
    for (const block of blocks) {
      if (before !== undefined) {
        const nexts = ways.get(before) ?? new Map<string, number>();
        ways.set(before, nexts.set(block, (nexts.get(block) ?? 0) + 1));
      }
      before = block;
    }
  }
  return ways;
}
