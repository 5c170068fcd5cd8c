import { getBlockWays } from '../blocks/block-behaviours.ts';
import { NO_DATA } from '../blocks/offered-lists.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted } from '../problems/finding.ts';
import type { Check, CheckFinding } from './check-report.ts';
import { findPathEmpty, listMaybeEmpty, type OfferedList } from './offered-lists.ts';
import type { Flow } from './flow.ts';
import { tellPath } from './tell-path.ts';

const name = 'lists-are-filled';

/** Each is told with a path of its own. */
const MAX_FINDINGS = 200;

/** Somebody has thought of a list with nothing in it, wherever one is offered that may be so. */
export const listsAreFilled: Check = {
  name,
  promise: 'Every list that is offered holds something, or its block says where it leads when it does not.',
  certainty: 'bounded',
  run: (flow) => ({
    findings: listMaybeEmpty(flow)
      .filter(({ block }) => !Object.hasOwn(flow.blocks.get(block)?.exits ?? {}, NO_DATA))
      .slice(0, MAX_FINDINGS)
      .flatMap((list) => toFinding(flow, list)),
  }),
};

function toFinding(flow: Flow, offered: OfferedList): CheckFinding[] {
  const { block: id, source, path } = offered;
  const block = flow.blocks.get(id);
  if (!block) return [];
  return [
    {
      check: name,
      severity: 'warning',
      code: 'list-may-be-empty',
      message: `The list ${quoted(source)} may be empty here: ${tellWhatHappens(block)}.`,
      remedy: `Say where it leads then: exits: { ${NO_DATA}: <block id> }; or ask before it: if: [{ when: ${askFor(source)}, go: <block id> }, { else: ${id} }].`,
      path,
      transcript: tellPath(flow, [
        ...findPathEmpty(flow, offered),
        ...flow.waysFrom(id).filter(({ by }) => by === 'empty-list'),
      ]),
    },
  ];
}

function askFor(source: string): string {
  const list = source.startsWith('=') ? source.slice(1).trim() : source;
  return `"count(${list}) == 0"`;
}

function tellWhatHappens(block: ScenarioBlock): string {
  if (block.type === 'request-input') return 'nothing is asked then, and it leads where "invalid" does';
  const exit = getBlockWays(block).exits.find(({ name: each }) => each === NO_DATA);
  return exit?.unwired === 'not-taken'
    ? 'the rest of the message is sent without it'
    : 'nothing is sent then, and it leads where "timeout" does';
}
