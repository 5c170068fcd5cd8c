import { runSetup, toState } from '../run-setup.ts';
import { fillTemplate, getTemplate } from '../template.ts';
import { getVariablePath, withVariable, type Variables } from '../variables.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { SetVariableFields } from './set-variable-schema.ts';

/** Sets variables, in the order written: a later one can use an earlier one. */
export const setVariable: BlockBehaviour<SetVariableFields> = {
  ways: (fields) => [{ way: 'next', by: 'scenario', sets: Object.keys(fields) }],
  state: (fields, wiring) => {
    const assignments = Object.entries(fields).map(([name, value]) => ({
      path: getVariablePath(name),
      valueIn: valueReader(value),
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

function valueReader(value: string | number | boolean): (variables: Variables) => string | number | boolean {
  if (typeof value !== 'string') return () => value;
  const template = getTemplate(value);
  return (variables) => fillTemplate(template, variables);
}
