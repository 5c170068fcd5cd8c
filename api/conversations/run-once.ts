import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/app-error.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';

/** Who asks, and what for: everything that tells one command from another. */
interface Issue {
  principal: Pick<DeskPrincipal, 'userId'>;
  conversationId: string;
  command: { clientId: string } & Readonly<Record<string, unknown>>;
}

/** A command's key among all callers', and what tells a repeat of it from another command. */
export interface CommandIdentity {
  clientId: string;
  contentHash: string;
}

/** Two clients may choose the same id: the user's keeps them apart. It holds no colon. */
function identify({ principal: { userId }, conversationId, command }: Issue): CommandIdentity {
  const sorted = Object.entries({ ...command, conversationId }).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const contentHash = createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
  return { clientId: `${userId}:${command.clientId}`, contentHash };
}

/**
 * Does something once, however often a client repeats it: a repeat gets the first answer. Refusals are not kept.
 * @throws AppError REQUEST_INVALID where the client used this `clientId` for another command, or with other content
 */
export async function runOnce<Result>(
  { commandResults, now }: Pick<AppDependencies, 'commandResults' | 'now'>,
  issue: Issue,
  carryOut: (identity: CommandIdentity) => Promise<Result>,
): Promise<Result> {
  const identity = identify(issue);
  const { clientId, contentHash } = identity;
  const { conversationId } = issue;
  const earlier = await commandResults.find(clientId);
  if (earlier && earlier.contentHash !== contentHash) throw clientIdReused();
  if (earlier) return earlier.response as Result;
  const response = await carryOut(identity);
  await commandResults.remember(clientId, { conversationId, contentHash, response }, now());
  return response;
}

function clientIdReused(): AppError {
  const remedy = 'Make a new clientId for each command.';
  return new AppError('REQUEST_INVALID', {
    details: [{ path: 'clientId', message: 'was used for another command', remedy }],
  });
}
