import type { Privilege } from '../../../../../contracts/privileges.ts';
import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Item, Kind } from '../data/items.ts';
import type { Values } from './values.ts';

interface CommonField {
  /** Where it stands in the document: `wrapUp.timeout`. */
  name: string;
  /** Half of a line. */
  isHalf?: true;
  /** What names an item cannot be changed once it is there. */
  isFixed?: true;
  isRequired?: true;
  /** Not a key of the document: the screen alone shows it. */
  isOfScreen?: true;
}

/** A field of a form. Its words are `fields.<kind>.<name>` of the catalogue. */
export type Field = CommonField &
  (
    | { type: 'text'; isMono?: true; suffix?: string }
    | { type: 'area'; rows?: number }
    | { type: 'secret'; canGenerate?: true }
    | { type: 'duration'; canBeOff?: true }
    | { type: 'number'; min: number; max: number; unit?: string }
    /** `as`: how the one chosen is written, where not as a text. Words of a choice: `choices.<kind>.<name>.<value>`, `unset` for none. */
    | { type: 'choice'; choices: readonly string[]; isOptional?: true; as?: 'list' | 'boolean' }
    | { type: 'switch'; whenAbsent: boolean }
    | { type: 'reference'; to: Kind | 'scenario'; isOptional?: true }
    | { type: 'references'; to: Kind | 'skill' | 'event'; isOptional?: true }
    | { type: 'rows'; columns: readonly Field[]; isOptional?: true }
    /** Texts, one to a line. */
    | { type: 'lines'; rows?: number }
    /** A text that may be switched off: empty then. */
    | { type: 'off-text' }
    | { type: 'zone' }
    | { type: 'levels' }
    | { type: 'custom'; of: ComponentType<CustomFieldProps> }
  );

export interface CustomFieldProps {
  value: unknown;
  onChange: (value: unknown) => void;
  /** The form's whole document. */
  values: Values;
  problem: string | undefined;
}

/** Fields under one title and one sentence: `groups.<section>.<key>`. */
export interface FieldGroup {
  key: string;
  fields: readonly Field[];
  /** Stands below the fields, or in their place. */
  show?: ComponentType<ExtraProps>;
}

/** What a column needs beside its own item. */
export interface ListContext {
  items: readonly Item[];
}

/** A column of a list. Its words are `columns.<key>`. */
export interface Column {
  key: string;
  /** By what it is sorted and searched. */
  text: (item: Item, context: ListContext) => string;
  /** What is shown, where it is more than the text. */
  show?: (item: Item, context: ListContext) => ReactNode;
  isNumber?: true;
  /** Shown on phones, too. */
  isKept?: true;
}

/** What stands beside a form, and what a form can do beyond being applied. */
interface FormExtras {
  /** Chips, words and buttons in the head. */
  head?: ComponentType<ExtraProps>;
  side?: ComponentType<ExtraProps>;
  /** Stands below the list. */
  foot?: ComponentType;
}

export interface ExtraProps {
  /** As it is stored; undefined while it is new. */
  item: Item | undefined;
  values: Values;
  change: (path: string, value: unknown) => void;
}

/** A place of administration that lists and edits items of one kind. */
export interface ItemSection {
  path: string;
  kind: Kind;
  icon: TablerIcon;
  columns: readonly Column[];
  groups: readonly FieldGroup[];
  /** What a new one begins with. */
  begin?: () => Values;
  /** What opens it; `edit-configuration` where absent. */
  needs?: Privilege;
  /** There is one item of this name only: its form is the section. */
  only?: string;
  /** Only what is there already is edited here: it is made and deleted elsewhere. */
  isPart?: true;
  extras?: FormExtras;
}
