import { findVariable, getVariablePath, withVariable } from '../expression/variables.ts';
import { runSetup, toState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { GetNextRecordFields } from './get-next-record-schema.ts';

/**
 * Takes the first record off a list that a search has found. Source: Bright Pattern, Get Next Record (steps through a
 * recordset; its exits are not public).
 */
export const getNextRecord: BlockBehaviour<GetNextRecordFields> = {
  exits: () => [{ name: 'no-data', kind: 'outcome', when: 'There is no further record.' }],
  ways: ({ into }) => [
    { way: 'next', by: 'scenario', sets: [into, `${into}.*`] },
    { way: 'no-data', by: 'scenario' },
  ],
  state: ({ from, into }, wiring) => {
    const [listPath, recordPath] = [getVariablePath(from), getVariablePath(into)];
    const listIn = ({ variables }: RunContext): readonly unknown[] => {
      const list = findVariable(variables, listPath);
      return Array.isArray(list) ? list : [];
    };
    return {
      always: [
        { ...toState(wiring.exit('no-data')), guard: ({ context }) => listIn(context).length === 0 },
        {
          ...toState(wiring.next),
          actions: runSetup.assign({
            variables: ({ context }) => {
              const [record, ...rest] = listIn(context);
              return withVariable(withVariable(context.variables, listPath, rest), recordPath, record);
            },
          }),
        },
      ],
    };
  },
};
