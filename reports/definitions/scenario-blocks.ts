import type { ConversationEvent } from '../../contracts/history-event.ts';
import { labelsOf, yes, type Fact, type ReportDefinition } from '../definition.ts';
import type { Chronicle } from '../story/conversation-story.ts';

/** A customer who says nothing for so long has left, unless they say something later. */
const SILENCE_MS = 60_000;

export const scenarioBlocks: ReportDefinition = {
  name: 'scenario-blocks',
  version: 1,
  title: 'Scenario blocks, and where customers left',
  about: 'How often each block was entered, and in which the customers fell silent.',
  bookedAt: 'when the conversation began',
  dimensions: ['scenario', 'block'],
  figures: ['visited', 'entered', 'leftHere', 'leftHerePercent', 'endedHere', 'failedHere'],
  drawn: 'leftHere',
  scope: 'service',
  edgeCases: [
    'Nobody leaves a block in which they were before their last message, or before their last agent left: only the time after both counts.',
    'Of conversations that are not over, or whose process was killed, nobody knows yet where the customer left.',
    'The history names the last ten blocks of a turn, and those of a thousand turns; what was before is not counted.',
    'A block is known by its id: versions of a scenario that use the same id count together.',
    'Blocks of a conversation over midnight are booked on the day on which it began.',
  ],
  ofConversation: ({ chronicle, story }) => {
    const { conversationId, service, startedAt, ended } = chronicle;
    const entered = new Map<string, number>();
    for (const block of blocksOf(story.events)) entered.set(block, (entered.get(block) ?? 0) + 1);
    const last = [...blocksOf(story.events)].at(-1);
    const left = findWhereLeft(chronicle, story.events);
    return [...entered].map(([block, count]): Fact => ({
      at: startedAt,
      conversationId,
      labels: labelsOf(chronicle, { block, ...(service !== undefined && { service }) }),
      values: {
        visited: 1,
        entered: count,
        leftHere: yes(block === left),
        endedHere: yes(ended !== undefined && block === last),
        failedHere: yes(ended?.reason === 'scenario-failed' && block === last),
      },
    }));
  },
};

function* blocksOf(events: readonly ConversationEvent[]): Generator<string> {
  for (const event of events) if (event.type === 'block-entered') yield* event.data.blocks;
}

/** The block in which the scenario stood longest after the customer's last word, with nobody in the chat. */
export function findWhereLeft(
  { ended, stretches }: Chronicle,
  events: readonly ConversationEvent[],
): string | undefined {
  if (!ended || ended.reason === 'terminated') return undefined;
  const agentsUntil = Math.max(0, ...stretches.map(({ to = Infinity }) => to));
  const lastWord = events.findLast(
    ({ type, data }) => type === 'message' && 'direction' in data && data.direction === 'in',
  );
  const silentFrom = Math.max(agentsUntil, lastWord?.at ?? 0);
  let longest: { block: string; ms: number } | undefined;
  let block: string | undefined;
  let since = 0;
  const leave = (at: number): void => {
    const ms = at - Math.max(since, silentFrom);
    if (block !== undefined && ms >= SILENCE_MS && ms > (longest?.ms ?? 0)) longest = { block, ms };
  };
  for (const event of events) {
    if (event.type !== 'block-entered') continue;
    leave(event.at);
    block = event.data.blocks.at(-1);
    since = event.at;
  }
  leave(ended.at);
  return longest?.block;
}
