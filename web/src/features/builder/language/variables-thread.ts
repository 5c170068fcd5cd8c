import { buildFlow } from '../../../../../scenario-dsl/checks/flow.ts';
import { worldVariables } from '../../../../../scenario-dsl/expression/world-variables.ts';
import { parseScenario } from '../../../../../scenario-dsl/parse/parse-scenario.ts';

/** A variable that can be put in, and where it comes from. */
export interface NamedVariable {
  name: string;
  /** What it is, of what the product itself knows. */
  description?: string;
  type?: string;
  /** The blocks that set it. */
  setBy: readonly string[];
}

/** The variables of a scenario: those that its blocks set, then the world's. */
export function listNamedVariables(source: string): NamedVariable[] {
  const { document, readable } = parseScenario(source);
  const known = document ?? readable;
  const setBy = new Map<string, Set<string>>();
  for (const { sets, from } of known ? buildFlow(known).ways : []) {
    for (const name of sets) if (!name.endsWith('.*')) setBy.set(name, (setBy.get(name) ?? new Set()).add(from));
  }
  const world = worldVariables.map(({ name, description, type }) => ({
    name,
    description,
    type,
    setBy: [...(setBy.get(name) ?? [])],
  }));
  const names = new Set(world.map(({ name }) => name));
  const own = [...setBy].filter(([name]) => !names.has(name)).map(([name, blocks]) => ({ name, setBy: [...blocks] }));
  return [...own.toSorted((a, b) => a.name.localeCompare(b.name)), ...world];
}
