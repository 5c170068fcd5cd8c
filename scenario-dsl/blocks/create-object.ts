import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { getVariablePath, withVariable } from '../expression/variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { CreateObjectFields } from './create-object-schema.ts';
import { operationBlock } from './operation-block.ts';

const DEFAULT_INTO = 'created';

/** Creates a record. Source: Bright Pattern, Bright Pattern Create Object, exit Failed. */
export const createObject = operationBlock<CreateObjectFields>({
  exits: [{ name: 'failed', kind: 'failure', when: 'The record could not be created.' }],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: ({ object, fields }) => {
    const fill = compileTexts({ fields });
    return ({ variables }): Operation => ({ name: 'create-object', object, ...fill(variables) });
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
