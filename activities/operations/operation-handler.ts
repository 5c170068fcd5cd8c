import type { Operation, OperationResult } from '../../contracts/operation.ts';
import type { ActivityDependencies } from '../dependencies.ts';

/** What a conversation asks, and who asks. Plain JSON: it lies in the history. */
export interface OperationRequest<Asked extends Operation = Operation> {
  conversationId: string;
  /** Of the effect; with the conversation's it is the same on every attempt. */
  effectId: string;
  pageId: string;
  psid: string;
  entry: string;
  service?: string;
  operation: Asked;
  timeoutMs: number;
}

/** One attempt at an operation. */
export interface OperationAttempt {
  /** From 1. */
  number: number;
  /** Epoch milliseconds at which nobody waits for the answer any more. */
  deadlineAt: number;
}

export type OperationOf<Name extends Operation['name']> = Extract<Operation, { name: Name }>;

/**
 * Carries out one operation. An outcome is a result, never an error; thrown is only what Temporal is to try again, and
 * `OperationFailure` for what makes the whole of it `failed`.
 */
export type OperationHandler<Name extends Operation['name']> = (
  deps: ActivityDependencies,
  request: OperationRequest<OperationOf<Name>>,
  attempt: OperationAttempt,
) => Promise<OperationResult>;

/** Ends an operation as `failed`; the message is its reason, so it holds no secret and nothing a customer wrote. */
export class OperationFailure extends Error {
  override readonly name = 'OperationFailure';
}

/** The key by which others may know a repeated request. */
export function idempotencyKey({ conversationId, effectId }: OperationRequest): string {
  return `${conversationId}:${effectId}`;
}

export const done = (values: OperationResult['values'] = {}): OperationResult => ({ outcome: 'done', values });
export const noData = (reason: string): OperationResult => ({ outcome: 'no-data', reason, values: {} });
export const failed = (reason: string): OperationResult => ({ outcome: 'failed', reason, values: {} });
