import type { OperationResult } from '../../contracts/operation.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';

/** The records found become a variable; an empty list where there are none. */
export function keepRecords(into: string): (variables: Variables, result: OperationResult) => Variables {
  const path = getVariablePath(into);
  return (variables, { outcome, values }) => {
    const { records } = values;
    return withVariable(variables, path, outcome === 'done' && Array.isArray(records) ? records : []);
  };
}
