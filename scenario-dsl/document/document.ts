import type { BlockFields, BlockType } from '../blocks/block-types-schema.ts';
import type { ParameterType, ScenarioInput } from './parameters.ts';

/** The one version of the language; a file may say 1 as well, which nobody ever ran, and means the same. */
export const LANGUAGE_VERSION = 2;

/** A checked scenario as plain JSON: what is stored, compiled and compared. Made by `parseScenario`. */
export interface ScenarioDocument {
  /** The version of the language. */
  attendant: typeof LANGUAGE_VERSION;
  scenario: string;
  title?: string;
  note?: string;
  tags?: string[];
  /** Variables that whoever starts it gives it. */
  inputs?: Record<string, ScenarioInput>;
  /** Variables that are set when it returns. */
  results?: Record<string, ParameterType>;
  /** What the customer can say wherever the scenario listens; the first that fits goes. */
  anywhere?: AnywhereRule[];
  /** IANA time zone: how days begin and moments are told; the entry's, else the deployment's, where absent. */
  timeZone?: string;
  /** How dates and numbers are written and read. */
  locale?: string;
  /** Codes of the languages in which everything is said, and what chooses among them: `$(lang|en)`. */
  languages?: string[];
  language?: string;
  /** In the order of the file, which is the default way on. A list, because an object's key order is not JSON. */
  blocks: ScenarioBlock[];
}

/** Words that work anywhere: a message that fits leads to `go`, before the block that listens reads it; or an event does. */
export interface AnywhereRule {
  when?: string | undefined;
  /** Instead of `when`: Messenger's window closes soon. */
  event?: 'window-closing' | undefined;
  /** Of an event: how long before, as the author wrote it; 1h where left out. */
  before?: string | undefined;
  go: string;
  /** Blocks in which it does not hold. */
  except?: string[] | undefined;
  /** The block that starts the scenario which the rule is of. Only where that scenario has been put in (`expand-scenarios.ts`). */
  within?: string;
}

/** One block of a scenario; `fields` stay in the author's words (`10m`, `$(question)`), so a document can be shown again. */
export type ScenarioBlock = { [Type in BlockType]: BlockOfType<Type> }[BlockType];

interface BlockOfType<Type extends BlockType> {
  id: string;
  type: Type;
  fields: BlockFields[Type];
  title?: string;
  note?: string;
  tags?: string[];
  /** The block that it goes on at, where that is not the one below it. */
  next?: string;
  /** Exit name to block id; only the exits the author wired, here or in the scenario's `defaults`. */
  exits: Record<string, string>;
  /** Nobody wrote it: it is there because something leads to it (`built-in-blocks.ts`). */
  isBuiltIn?: true;
}
