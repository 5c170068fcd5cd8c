import { evaluate } from '../expression/evaluate.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import { runSetup, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { SetVariableFields } from './set-variable-schema.ts';

/** Sets variables, in the order written: a later one can use an earlier one. A text that begins with `=` is an expression. */
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

/** Nothing becomes empty text, so that a variable that was set is there. */
function valueReader(value: string | number | boolean): (variables: Variables) => unknown {
  if (typeof value !== 'string') return () => value;
  const expression = getValueExpression(value);
  return (variables) => evaluate(expression, variables) ?? '';
}
