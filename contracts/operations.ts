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
type OperationRow<Asked> = { runs: 'local' } | { runs: 'activity'; attempts: Attempts<Asked> };

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
  'create-object': { runs: 'local' },
  'draw-number': { runs: 'local' },
  // What the mail server has taken is written down; a repeat before that goes out under the same Message-ID.
  email: { runs: 'activity', attempts: 3 },
  'fetch-url': { runs: 'activity', attempts: 'by-method' },
  'get-agent-state': { runs: 'local' },
  'get-statistics': { runs: 'local' },
  'get-survey': { runs: 'local' },
  'get-user-configuration': { runs: 'local' },
  'identify-contact': { runs: 'local' },
  'internal-message': { runs: 'local' },
  'search-directory': { runs: 'local' },
  'search-object': { runs: 'local' },
  'set-agent-state': { runs: 'local' },
} as const satisfies { [Name in OperationName]: OperationRow<Extract<Operation, { name: Name }>> };
