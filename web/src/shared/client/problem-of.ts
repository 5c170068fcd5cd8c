import type { ErrorBody } from '../../../../contracts/http-api-schema.ts';
import { Refusal } from './client.ts';

/** A refusal in a sentence: what is wrong with the first place that is named, else what is wrong at all. */
export function problemOf({ details: [detail], message }: ErrorBody): string {
  return detail ? `${detail.message}. ${detail.remedy ?? ''}`.trim() : message;
}

/** Why something was not done, as a person reads it. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return problemOf(error.body);
  return error instanceof Error ? error.message : String(error);
}
