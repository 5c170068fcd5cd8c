import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { getVariablePath, withVariable } from '../expression/variables.ts';
import { valueText } from '../expression/values.ts';
import type { Fill } from './compile-texts.ts';
import { compileValues } from './compile-values.ts';
import type { CreateObjectFields } from './create-object-schema.ts';
import { operationBlock } from './operation-block.ts';

const DEFAULT_INTO = 'created';

/** Creates a record. Source: Bright Pattern, Bright Pattern Create Object, exit Failed. */
export const createObject = operationBlock<CreateObjectFields>({
  exits: [{ name: 'failed', kind: 'failure', when: 'The record could not be created.' }],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: ({ object, fields }) => {
    const fill = compileValues(fields, '') as Fill<Record<string, unknown>>;
    return ({ variables }): Operation => ({ name: 'create-object', object, fields: toFields(fill(variables)) });
  },
  keep: ({ into = DEFAULT_INTO }) => {
    const path = getVariablePath(into);
    return (variables, { outcome, values }) => {
      if (outcome !== 'done') return variables;
      return withVariable(variables, path, { id: values['id'] ?? '', number: values['number'] ?? '' });
    };
  },
  sets: ({ into = DEFAULT_INTO }) => [`${into}.id`, `${into}.number`],
  types: ({ into = DEFAULT_INTO }) => ({ [`${into}.id`]: 'text', [`${into}.number`]: 'text' }),
});

/** A field holds text, a number, true or false; a list or a map reads as JSON. */
function toFields(values: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? value : valueText(value),
    ]),
  );
}
