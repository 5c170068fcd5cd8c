import type { Variables } from '../variables.ts';

/** What a value is, as far as it is known before a run. A `date` is text such as 2026-05-03, with a time of day or without. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'map' | 'any';

export interface Parameter {
  name: string;
  /** `pattern`: quoted text that stands in the expression itself, in RE2's syntax. */
  /** `each`: an expression that is worked out for each item of the list; it comes as a function of the item. */
  type: ValueType | 'pattern' | 'each';
  isOptional?: boolean;
  /** As often as wanted; only of a last one. */
  repeats?: boolean;
}

/** A function as the docs tell it; a test runs the examples. */
export interface FunctionDefinition {
  group: 'text' | 'number' | 'date' | 'list' | 'choice';
  parameters: readonly Parameter[];
  gives: ValueType;
  /** A sentence on what it gives. */
  description: string;
  examples: readonly FunctionExample[];
  /** Says something of a variable that is not set as well: its arguments need not be. */
  takesNothing?: boolean;
  /** Looks at arguments that stand in the expression as plain text (undefined: any other), and says what is wrong with one. */
  examine?(texts: readonly (string | undefined)[]): ArgumentFault | undefined;
  /**
   * Total and linear in its arguments: what it cannot say anything about gives nothing (undefined). Of the variables it reads
   * where and when the run is (`place.ts`), and no other.
   */
  call(args: readonly unknown[], variables: Variables): unknown;
}

/** What is wrong with the argument at `index`. */
export interface ArgumentFault {
  index: number;
  message: string;
  remedy: string;
}

export interface FunctionExample {
  expression: string;
  variables?: Variables;
  gives: string | number | boolean | readonly unknown[];
}

export const text = (name: string): Parameter => ({ name, type: 'text' });
export const number = (name: string): Parameter => ({ name, type: 'number' });
export const date = (name: string): Parameter => ({ name, type: 'date' });
export const list = (name: string): Parameter => ({ name, type: 'list' });
export const each = (name: string): Parameter => ({ name, type: 'each' });
export const any = (name: string): Parameter => ({ name, type: 'any' });
export const optional = (parameter: Parameter): Parameter => ({ ...parameter, isOptional: true });
export const repeated = (parameter: Parameter): Parameter => ({ ...parameter, repeats: true });
