import { findNearestName } from '../../contracts/nearest-name.ts';
import { getSentTexts } from '../blocks/block-behaviours.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted } from '../problems/finding.ts';
import type { CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';

/**
 * Cases of a payload that no button of the scenario has, where one has nearly that: `payy` for `pay`. Other payloads come from
 * the menu and the ice breakers of the Page, so that none is a mistake by itself.
 */
export function findUnofferedPayloads({ document }: Flow, check: string): CheckFinding[] {
  const switches = document.blocks.filter(isOfPayload);
  if (switches.length === 0) return [];
  const offered = new Set(document.blocks.flatMap(listPayloads));
  return switches.flatMap(({ id, type, fields: { cases } }) => {
    const missed = [...offered].filter((payload) => !Object.hasOwn(cases, payload));
    return Object.keys(cases).flatMap((payload): CheckFinding[] => {
      const meant = offered.has(payload) ? undefined : findNearestName(payload, missed);
      if (meant === undefined) return [];
      return [
        {
          check,
          severity: 'warning',
          code: 'payload-not-offered',
          message: `No button or quick reply here gives the payload ${quoted(payload)}, and ${quoted(meant)} is no case.`,
          remedy: `Did you mean "${meant}"?`,
          path: ['blocks', id, type, 'cases', payload],
          atKey: true,
        },
      ];
    });
  });
}

type Switch = Extract<ScenarioBlock, { type: 'switch' }>;

function isOfPayload(block: ScenarioBlock): block is Switch {
  return block.type === 'switch' && block.fields.variable === 'item.payload';
}

/** A title is the payload where none is written. */
function listPayloads(block: ScenarioBlock): string[] {
  return getSentTexts(block).flatMap(({ what, source }) => (what === 'payload' || what === 'title' ? [source] : []));
}
