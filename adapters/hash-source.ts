import { createHash } from 'node:crypto';

/** The version that a scenario's source is: sha256 of the text, in hex. */
export function hashSource(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}
