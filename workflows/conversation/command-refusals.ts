import { ApplicationFailure } from '@temporalio/workflow';
import type { IssuedCommand } from '../../contracts/agent-command.ts';
import type { ErrorCode } from '../../contracts/error-codes.ts';
import type { Actor } from './actor.ts';

/** What a command is refused with: the api answers with the row of the code. */
export function refusal(code: ErrorCode): ApplicationFailure {
  return ApplicationFailure.nonRetryable(code, code);
}

/** @throws ApplicationFailure CONVERSATION_ENDED where the conversation of the command is not the open one */
export function requireOpen(actor: Actor, { conversationId }: Pick<IssuedCommand, 'conversationId'>): void {
  const { conversation } = actor.state;
  if (conversation?.id !== conversationId || conversation.ended) throw refusal('CONVERSATION_ENDED');
}
