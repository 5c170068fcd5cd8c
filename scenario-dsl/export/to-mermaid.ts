import { formatDuration } from '../../contracts/duration.ts';
import { truncateText } from '../../contracts/split-text.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import { buildFlow, type Flow, type FlowWay } from '../checks/flow.ts';
import { tellRule } from '../document/anywhere.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { runState } from '../machine/run-setup.ts';

export interface DrawingOptions {
  /** Also the ways of messages that cannot be sent, which every message has. */
  hasFailures?: boolean;
}

/**
 * Draws a scenario as a Mermaid state diagram: a state for each block with the first words of what it says, an arrow for each way
 * out. A Goto is an arrow, not a state, but for one that leads to itself. Words that work anywhere come from a state of their own,
 * because an arrow from every block would hide the rest.
 */
export function toMermaid(document: ScenarioDocument, { hasFailures = false }: DrawingOptions = {}): string {
  const flow = buildFlow(document);
  const passed = findPassed(flow);
  const through = (id: string): string => passed.get(id) ?? id;
  const ways = flow.ways.filter(
    ({ by, from }) => !passed.has(from) && !isOfRule(by) && (hasFailures || by !== 'failed-send'),
  );
  const hasErrors = ways.some(({ to }) => to === runState.onError);
  const arrows = ways.map((way) => describeWay({ ...way, to: through(way.to) }));
  return [
    'stateDiagram-v2',
    ...document.blocks
      .filter(({ id }) => !passed.has(id))
      .map((block) => `  state "${describeBlock(block)}" as ${stateName(block.id)}`),
    ...(hasErrors ? [`  state "the entry#39;s error text" as ${ON_ERROR_NAME}`, `  ${ON_ERROR_NAME} --> [*]`] : []),
    `  [*] --> ${stateName(through(flow.start))}${describeInputs(document)}`,
    ...new Set(arrows),
    ...drawRules(document, through),
    '',
  ].join('\n');
}

function describeInputs({ inputs = {} }: ScenarioDocument): string {
  const names = Object.keys(inputs);
  return names.length === 0 ? '' : `: given ${names.join(', ')}`;
}

function isOfRule(by: FlowWay['by']): boolean {
  return by === 'anywhere' || by === 'window';
}

function drawRules({ anywhere = [] }: ScenarioDocument, through: (id: string) => string): string[] {
  return anywhere.flatMap((rule, index) => {
    const { go, except = [], within } = rule;
    const name = within === undefined ? 'anywhere' : `anywhere_${nameInDrawing(within)}`;
    const place = within === undefined ? 'anywhere' : `anywhere in ${within}`;
    const isFirst = anywhere.findIndex((other) => other.within === within) === index;
    const but = except.length === 0 ? '' : ` (not in ${except.join(', ')})`;
    return [
      ...(isFirst ? [`  state "${escape(place)}" as ${name}`] : []),
      `  ${name} --> ${stateName(through(go))} : ${escape(`${tellRule(rule)}${but}`)}`,
    ];
  });
}

/** Each Goto, and the block that it comes to in the end. */
function findPassed(flow: Flow): Map<string, string> {
  const targets = new Map(
    flow.document.blocks.flatMap((block): [string, string][] => {
      const [way] = flow.waysFrom(block.id);
      return block.type === 'goto' && way ? [[block.id, way.to]] : [];
    }),
  );
  return new Map(
    [...targets.keys()].flatMap((id): [string, string][] => {
      const end = followGotos(targets, id);
      return end === undefined ? [] : [[id, end]];
    }),
  );
}

/** Undefined where they lead in a circle. */
function followGotos(targets: ReadonlyMap<string, string>, start: string): string | undefined {
  const seen = new Set<string>();
  let id = start;
  for (let next = targets.get(id); next !== undefined; next = targets.get(id)) {
    if (seen.has(id)) return undefined;
    seen.add(id);
    id = next;
  }
  return id;
}

const ON_ERROR_NAME = 'on_error';

/** Prefixed, because ids such as `end` are words of Mermaid's own; hyphens would be read as arrows. */
function stateName(id: string): string {
  if (id === runState.onError) return ON_ERROR_NAME;
  return id === runState.done ? '[*]' : `block_${nameInDrawing(id)}`;
}

function nameInDrawing(id: string): string {
  return id.replaceAll(/[-/]/g, '_');
}

const MOST_WORDS = 40;

function describeBlock(block: ScenarioBlock): string {
  const { id, type, title } = block;
  const said = (getBlockWays(block).says ?? '').replaceAll(/\s+/g, ' ').trim();
  const words = said.length > MOST_WORDS ? `${truncateText(said, MOST_WORDS).trimEnd()}…` : said;
  return escape(`${title ?? id} (${type})${words === '' ? '' : ` ${words}`}`);
}

function describeWay({ from, to, way, by, minMs }: FlowWay): string {
  const isSilent = way === 'next' || way === 'goto' || way === 'exit';
  const time = by === 'clock' && minMs > 0 ? ` after ${formatDuration(minMs)}` : '';
  return `  ${stateName(from)} --> ${stateName(to)}${isSilent ? '' : ` : ${escape(way)}${time}`}`;
}

/** Everything that might mean something to Mermaid, as its entity codes. */
function escape(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,()?!$|=_/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
