import type { ScenarioBlock, ScenarioDocument } from './document.ts';
import { currentVersion, upgradeFields } from './upgrade/upgrade-fields.ts';

/** A document that an older version of the language was stored in means what it meant then, in today's words. */
export function upgradeDocument(document: ScenarioDocument): ScenarioDocument {
  const { attendant, blocks } = document;
  if (attendant === currentVersion) return document;
  return {
    ...document,
    attendant: currentVersion,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an upgrade gives the fields that its type has today
    blocks: blocks.map(
      (block) => ({ ...block, fields: upgradeFields(attendant, block.type, block.fields) }) as ScenarioBlock,
    ),
  };
}
