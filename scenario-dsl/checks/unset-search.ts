import { listRequiredInputs, listSetByInputs } from '../document/parameters.ts';
import type { Flow } from './flow.ts';
import { spread } from './spread.ts';
import { addTo, listParts } from './variable-index.ts';

/**
 * Whether a run can come to a block without a variable being set; looked for at once for all variables that will be asked
 * for. One that is not among them counts as set nowhere.
 */
export function createUnsetSearch(
  flow: Flow,
  variables: Iterable<string>,
): (variable: string, block: string) => boolean {
  const given = listSetByInputs(flow.document, listRequiredInputs(flow.document));
  const asked = [...new Set(variables)].filter((variable) => !areSetting(given, variable));
  const numbers = new Map(asked.map((variable, number) => [variable, number]));
  const askedBySetter = groupBySetter(asked);
  const isUnset = spread(flow, asked.length, ({ sets }) => ({
    off: sets.flatMap((set) => listParts(set).flatMap((part) => askedBySetter.get(part) ?? [])),
  }));
  return (variable, block) => {
    const number = numbers.get(variable);
    return number !== undefined && isUnset(number, block);
  };
}

/** By what sets them, the numbers of the variables. */
function groupBySetter(variables: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [number, variable] of variables.entries())
    for (const setter of namesThatSet(variable)) addTo(groups, setter, number);
  return groups;
}

/** The variable itself, and `order.*` for the parts of a map that nobody knows here. */
function namesThatSet(variable: string): string[] {
  const parts = variable.split('.');
  return [variable, ...parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`)];
}

/**
 * Setting `agent.name` also sets `agent`, which is then a map; setting `agent` to a text makes no `agent.name`. `order.*` is a
 * map whose parts nobody knows here: the author does.
 */
export function areSetting(sets: readonly string[], variable: string): boolean {
  return sets.some(
    (set) =>
      set === variable ||
      set.startsWith(`${variable}.`) ||
      (set.endsWith('.*') && variable.startsWith(set.slice(0, -1))),
  );
}
