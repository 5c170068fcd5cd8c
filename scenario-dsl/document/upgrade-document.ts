import type { ScenarioBlock, ScenarioDocument } from './document.ts';
import { CURRENT_VERSION, upgradeFields } from './upgrade-fields.ts';

/** A document that an older version of the language was stored in means what it meant then, in today's words. */
export function upgradeDocument(document: ScenarioDocument): ScenarioDocument {
  const { attendant, blocks } = document;
  if (attendant === CURRENT_VERSION) return document;
  return {
    ...document,
    attendant: CURRENT_VERSION,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an upgrade gives the fields that its type has today
    blocks: blocks.map(
      (block) => ({ ...block, fields: upgradeFields(attendant, block.type, block.fields) }) as ScenarioBlock,
    ),
  };
}
