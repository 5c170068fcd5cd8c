import type { FigureName } from '../contracts/report.ts';
import type { Fact, ReportContext, ReportDefinition } from './definition.ts';
import type { AgentStory } from './story/agent-story.ts';
import type { ConversationStory } from './story/conversation-story.ts';
import { readConversation } from './story/read-conversation.ts';
import { countsFor, createTally, isWanted, type Figures, type LabelFilter, type ReportRow } from './tally.ts';

/** The history, a part at a time. */
export interface ReportSource {
  conversations: () => AsyncIterable<ConversationStory>;
  agents: () => AsyncIterable<AgentStory>;
}

/** What a report is asked: within which time, of what, and seen by whom. */
export interface ReportQuestion {
  /** Epoch milliseconds; `to` exclusive. */
  range: { from: number; to: number };
  filter: LabelFilter;
  /** Whether the asker may see what a fact is of. */
  maySee: (fact: Fact) => boolean;
  context: ReportContext;
  serviceOfEntry: (entry: string) => string | undefined;
}

/** Thrown where a report would have more lines than anybody reads, and than a process should hold. */
export class TooManyRowsError extends Error {
  override readonly name = 'TooManyRowsError';
}

const MAX_ROWS = 20_000;

/**
 * Counts a report over the history. Holds one part of the history and one line for each row.
 * @throws TooManyRowsError beyond MAX_ROWS lines
 */
export async function runReport(
  definition: ReportDefinition,
  source: ReportSource,
  question: ReportQuestion,
): Promise<{ rows: ReportRow[]; totals: Figures }> {
  const tally = createTally(definition, question.context.calendar, question.filter);
  for await (const facts of factsOf(definition, source, question)) {
    for (const fact of facts) tally.add(fact);
    if (tally.rowCount > MAX_ROWS) throw new TooManyRowsError(`More than ${MAX_ROWS} lines`);
  }
  return { rows: tally.rows(), totals: tally.totals() };
}

/** The conversations that a figure is made from, each once, in the order in which they are read. */
export async function* listBehind(
  definition: ReportDefinition,
  source: ReportSource,
  { figure, ...question }: ReportQuestion & { figure: FigureName },
): AsyncGenerator<string> {
  let last: string | undefined;
  for await (const facts of factsOf(definition, source, question)) {
    for (const fact of facts) {
      const { conversationId } = fact;
      // What is of one conversation comes together, but for agents' paper work.
      if (conversationId === undefined || conversationId === last || !countsFor(fact, figure)) continue;
      last = conversationId;
      yield conversationId;
    }
  }
}

/** Every fact that counts: in the time, of what is asked, and seen by who asks. Those of one story at a time: to wait for each would be dear. */
async function* factsOf(
  { ofConversation, ofAgent }: ReportDefinition,
  source: ReportSource,
  { range, filter, maySee, context, serviceOfEntry }: ReportQuestion,
): AsyncGenerator<Fact[]> {
  const counts = (fact: Fact): boolean =>
    fact.at >= range.from && fact.at < range.to && isWanted(fact, filter) && maySee(fact);
  if (ofConversation) {
    for await (const story of source.conversations()) {
      const read = { story, chronicle: readConversation(story, serviceOfEntry) };
      yield ofConversation(read, context).filter(counts);
    }
  }
  if (!ofAgent) return;
  for await (const story of source.agents()) yield ofAgent(story, context).filter(counts);
}
