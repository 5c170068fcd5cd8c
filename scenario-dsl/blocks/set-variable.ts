import { mayHaveParts } from '../expression/infer-type.ts';
import { isFilledValue } from '../expression/filled-lists.ts';
import { getVariablePath, withVariable } from '../expression/variables.ts';
import { runSetup, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import { compileValues } from './compile-values.ts';
import type { SetVariableFields } from './set-variable-schema.ts';

/**
 * Sets variables, in the order written: a later one can use an earlier one. A text that begins with `=` is an expression, and a
 * `$(…)` alone keeps its type. Nothing becomes empty text, so that a variable that was set is there.
 */
export const setVariable: BlockBehaviour<SetVariableFields> = {
  ways: (fields) => {
    const fills = Object.entries(fields).flatMap(([name, value]) => (isFilledValue(value) ? [name] : []));
    const sets = Object.entries(fields).flatMap(([name, value]) =>
      mayHaveParts(value) ? [name, `${name}.*`] : [name],
    );
    return [{ way: 'next', by: 'scenario', sets, fills }];
  },
  state: (fields, wiring) => {
    const assignments = Object.entries(fields).map(([name, value]) => ({
      path: getVariablePath(name),
      valueIn: compileValues(value, ''),
    }));
    return {
      always: [
        {
          ...toState(wiring.next),
          actions: runSetup.assign({
            variables: ({ context }) =>
              assignments.reduce(
                (variables, { path, valueIn }) => withVariable(variables, path, valueIn(variables)),
                context.variables,
              ),
          }),
        },
      ],
    };
  },
};
