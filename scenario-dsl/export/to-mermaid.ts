import { formatDuration } from '../../contracts/duration.ts';
import { buildFlow, type FlowWay } from '../checks/flow.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { runState } from '../machine/run-setup.ts';

/** Draws a scenario as a Mermaid state diagram: a state for each block, an arrow for each way out. */
export function toMermaid(document: ScenarioDocument): string {
  const flow = buildFlow(document);
  const hasErrors = flow.ways.some(({ to }) => to === runState.onError);
  return [
    'stateDiagram-v2',
    ...document.blocks.map((block) => `  state "${describeBlock(block)}" as ${stateName(block.id)}`),
    ...(hasErrors ? [`  state "the entry#39;s error text" as ${ON_ERROR_NAME}`, `  ${ON_ERROR_NAME} --> [*]`] : []),
    `  [*] --> ${stateName(flow.start)}`,
    ...flow.ways.map(describeWay),
    '',
  ].join('\n');
}

const ON_ERROR_NAME = 'on_error';

/** Prefixed, because ids such as `end` are words of Mermaid's own; hyphens would be read as arrows. */
function stateName(id: string): string {
  if (id === runState.onError) return ON_ERROR_NAME;
  return id === runState.done ? '[*]' : `block_${id.replaceAll(/[-/]/g, '_')}`;
}

function describeBlock({ id, type, title }: ScenarioBlock): string {
  return escape(`${title ?? id} (${type})`);
}

function describeWay({ from, to, way, by, minMs }: FlowWay): string {
  const isSilent = way === 'next' || way === 'goto' || way === 'exit';
  const time = by === 'clock' ? ` after ${formatDuration(minMs)}` : '';
  return `  ${stateName(from)} --> ${stateName(to)}${isSilent ? '' : ` : ${escape(way)}${time}`}`;
}

/** Everything that might mean something to Mermaid, as its entity codes. */
function escape(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,()?!$|=_/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
