import { withVariable, type Variables } from '../expression/variables.ts';
import { worldVariables } from '../expression/world-variables.ts';

/** What the world provides where a test says nothing. */
export const defaultVariables: Variables = worldVariables.reduce<Variables>(
  (variables, { name, testValue }) =>
    testValue === undefined ? variables : withVariable(variables, name.split('.'), testValue),
  {},
);
