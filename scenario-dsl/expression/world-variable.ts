import type { ValueType } from './functions/function-definition.ts';

/**
 * A variable that no author declares. Either the world provides it from the start (workflows/conversation/opening.ts, and
 * `step` at every message), or the blocks named in `setBy` do.
 */
export interface WorldVariable {
  name: string;
  type: ValueType;
  description: string;
  /** Not known of every customer or message; absent or empty then. */
  isOptional?: boolean;
  setBy?: readonly string[];
  /** Most characters, where something bounds them. */
  maxLength?: number;
  /** Text that never reads as a number or a date: names. */
  isWords?: boolean;
  /** All that it can be. */
  values?: readonly string[];
  /** What a test's world holds where the test says nothing. */
  testValue?: string | number | readonly unknown[];
}

/** Our own names have at most so many characters (contracts/identifiers-schema.ts). */
export const OUR_NAME = 100;
