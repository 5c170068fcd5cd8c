import type { FieldControl } from '../../../shared/ui/field.tsx';
import type { Field } from '../model/section.ts';
import type { Values } from '../model/values.ts';

/** What a control that stands under a name is given. */
export interface ControlProps {
  field: Field;
  control: FieldControl;
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  /** Where its words are in the catalogue. */
  wordsAt: string;
  isLocked: boolean;
  /** The item is there already: what is left out of secrets stays. */
  isKept: boolean;
  secretEnd?: string | undefined;
  /** A kept secret that may still be read. */
  remembered?: string | undefined;
  isBad: boolean;
}

/** What a group of controls that names itself is given. */
export interface GroupProps {
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  wordsAt: string;
  values: Values;
  problem: string | undefined;
  hint: string | undefined;
}

export const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const asList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** An empty text says nothing. */
export const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);
