import type { ReportReader } from '../../adapters/mongo/report-reader.ts';
import { findWhereLeft } from '../../reports/definitions/scenario-blocks.ts';
import { readConversation } from '../../reports/story/read-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';

/** More than a few canaries compare; the ones that were not asked for longest are read anew. */
const REMEMBERED = 10_000;

/** Whether customers fell silent in conversations that are over. */
export interface LeftCustomers {
  /** Of those whose history tells their end; as the report of blocks means it. */
  find(conversationIds: readonly string[]): Promise<ReadonlyMap<string, boolean>>;
}

/** Reads each history once: a canary is compared again and again, and what is over stays as it is. */
export function createLeftCustomers({
  configuration,
  reportReader,
}: Pick<AppDependencies, 'configuration'> & { reportReader: Pick<ReportReader, 'readNamed'> }): LeftCustomers {
  const known = new Map<string, boolean>();
  return {
    async find(conversationIds) {
      const services = new Map((await configuration.get()).entries().map(({ name, service }) => [name, service]));
      const left = new Map<string, boolean>();
      const unread: string[] = [];
      for (const id of conversationIds) {
        const hasLeft = known.get(id);
        if (hasLeft === undefined) unread.push(id);
        else remember(left, known, { id, hasLeft });
      }
      for await (const story of reportReader.readNamed(unread)) {
        const chronicle = readConversation(story, (entry) => services.get(entry));
        if (!chronicle.ended) continue;
        const hasLeft = findWhereLeft(chronicle, story.events) !== undefined;
        remember(left, known, { id: story.conversationId, hasLeft });
      }
      return left;
    },
  };
}

function remember(
  left: Map<string, boolean>,
  known: Map<string, boolean>,
  { id, hasLeft }: { id: string; hasLeft: boolean },
): void {
  left.set(id, hasLeft);
  known.delete(id);
  known.set(id, hasLeft);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
}
