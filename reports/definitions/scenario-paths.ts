import type { ConversationEvent } from '../../contracts/history-event.ts';
import { labelsOf, type Fact, type ReportDefinition } from '../definition.ts';

export const scenarioPaths: ReportDefinition = {
  name: 'scenario-paths',
  version: 2,
  title: 'Ways through a scenario',
  about: 'How often conversations went on from each block, by which way and to which other one.',
  bookedAt: 'when the conversation began',
  dimensions: ['scenario', 'block', 'exit', 'next'],
  figures: ['wentOn', 'passed'],
  drawn: 'wentOn',
  scope: 'service',
  edgeCases: [
    'A way is named as in the scenario: next, an exit, the condition of an If; a long one is cut. It has no name in conversations of before version 2, and where the block is begun anew.',
    'The history names the last ten blocks of a turn, and those of a thousand turns; a way to or from a block that it does not name is not counted.',
    'A move to another version is no way itself; who waits on in a block goes on from it.',
    'A block is known by its id: versions of a scenario that use the same id count together.',
    'Ways of a conversation over midnight are booked on the day on which it began.',
  ],
  ofConversation: ({ chronicle, story }) => {
    const { conversationId, service, startedAt } = chronicle;
    return countWays(story.events).map(({ way, count }): Fact => ({
      at: startedAt,
      conversationId,
      labels: labelsOf(chronicle, { ...way, ...(service !== undefined && { service }) }),
      values: { wentOn: count, passed: 1 },
    }));
  },
};

interface Way {
  block: string;
  exit: string;
  next: string;
}

/** How often it went from one block to the next, by each way. */
function countWays(events: readonly ConversationEvent[]): { way: Way; count: number }[] {
  const counts = new Map<string, { way: Way; count: number }>();
  let before: string | undefined;
  for (const event of events) {
    // It waits on in the middle of that block, or begins it, which is told next.
    if (event.type === 'moved') before = event.data.how === 'begins' ? undefined : event.data.to;
    if (event.type !== 'block-entered') continue;
    const { blocks, ways = [], count } = event.data;
    // What the event does not name lies between.
    if (count > blocks.length) before = undefined;
    for (const [index, next] of blocks.entries()) {
      if (before !== undefined) {
        const way = { block: before, exit: ways[index] ?? '', next };
        const key = JSON.stringify(way);
        counts.set(key, { way, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      before = next;
    }
  }
  return [...counts.values()];
}
