import type { Operation } from './operation.ts';

type OperationName = Operation['name'];

/** `by-method`: as `unlimited`, but of what may have changed something (POST, PATCH) as many as the author's `retries` allow. */
type Attempts<Asked> = number | 'unlimited' | (Asked extends { method: string; retries: number } ? 'by-method' : never);

/**
 * How an operation is carried out.
 * `local`: a look into our own configuration or at our own actors, which takes milliseconds; ended after five seconds, begun
 * again within the block's time. `activity`: what leaves our house; seen by the server, given to another worker when this one
 * dies, and begun at most `attempts` times within the block's time: `unlimited` where asking again changes nothing.
 */
type OperationRow<Asked> = ({ runs: 'local' } | { runs: 'activity'; attempts: Attempts<Asked> }) & {
  /** The part of the product that it needs and this version does not have: it fails, and checks warn of it. */
  lacks?: string;
};

/**
 * Every operation by its name: without a row here a new one does not compile. A change of a row changes the commands of
 * running conversations, as a change of workflow code does.
 */
export const OPERATIONS = {
  // The bot is given a key by which it knows a repeated question.
  'ask-a-bot': { runs: 'activity', attempts: 2 },
  // A repeated question changes nothing and costs its tokens again.
  'ask-model': { runs: 'activity', attempts: 3 },
  'check-business-hours': { runs: 'local' },
  'create-object': { runs: 'local', lacks: 'contacts and cases' },
  'draw-number': { runs: 'local' },
  email: { runs: 'local', lacks: 'mail' },
  'fetch-url': { runs: 'activity', attempts: 'by-method' },
  'get-agent-state': { runs: 'local' },
  'get-statistics': { runs: 'local' },
  'get-user-configuration': { runs: 'local' },
  'identify-contact': { runs: 'local', lacks: 'contacts' },
  'internal-message': { runs: 'local', lacks: 'messages between users' },
  'search-directory': { runs: 'local' },
  'search-object': { runs: 'local', lacks: 'contacts and cases' },
  'set-agent-state': { runs: 'local' },
} as const satisfies { [Name in OperationName]: OperationRow<Extract<Operation, { name: Name }>> };

/** What an operation needs that this version of the product does not have; undefined of one that is carried out, and of any other name. */
export function findMissingPart(name: string): string | undefined {
  const row = Object.entries(OPERATIONS).find(([known]) => known === name)?.[1];
  return row && 'lacks' in row ? row.lacks : undefined;
}
