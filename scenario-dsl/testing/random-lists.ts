import { listLists } from '../checks/offered-lists.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { EACH } from '../expression/expression.ts';
import { listVariables } from '../expression/list-variables.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import type { Random } from './random.ts';

/** Where in what Fetch URL brings the lists are that a scenario offers its customers, and what is read of their items. */
export interface ListMaterial {
  /** Paths in the answer; an empty one is the whole answer. */
  paths: readonly (readonly string[])[];
  fields: readonly string[];
}

export function collectLists({ blocks }: ScenarioDocument): ListMaterial {
  const answers = blocks.flatMap((block) => (block.type === 'fetch-url' ? (block.fields.into ?? []) : []));
  const read = blocks.flatMap((block) => listLists(block).flatMap(({ list }) => listVariables(list)));
  const paths = read.flatMap(({ variable }) =>
    answers.flatMap((into) => {
      if (variable === into) return [[]];
      return variable.startsWith(`${into}.`) ? [getVariablePath(variable.slice(into.length + 1))] : [];
    }),
  );
  const fields = [...JSON.stringify(blocks).matchAll(new RegExp(`\\b${EACH}\\.([\\p{L}\\p{N}_]+)`, 'gu'))].flatMap(
    ([, field]) => field ?? [],
  );
  return { paths, fields: [...new Set(['id', ...fields])] };
}

/** An answer with lists of nothing, of one item, and of more than Messenger shows at once. */
export function createLists({ paths, fields }: ListMaterial, random: Random): unknown {
  return paths.reduce<unknown>(
    (answer, path) => {
      const items = Array.from({ length: random.pick([0, 1, 14]) }, (_, index) => createItem(fields, index + 1));
      return path.length === 0 || Array.isArray(answer) ? items : withVariable(answer as Variables, path, items);
    },
    { name: 'Ada' },
  );
}

/** The id is what customers write; what else is read of it may be a number or a moment. */
function createItem(fields: readonly string[], number: number): Variables {
  return Object.fromEntries(
    fields.map((field, index) => [field, index % 2 === 0 ? String(number) : `2027-01-${10 + number}T10:00`]),
  );
}
