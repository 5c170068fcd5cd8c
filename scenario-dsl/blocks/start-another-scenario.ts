import { getVariablePath, withVariable } from '../expression/variables.ts';
import { runSetup, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import { compileValues } from './compile-values.ts';
import type { StartAnotherScenarioFields } from './start-another-scenario-schema.ts';

/**
 * Runs another scenario: its blocks are put behind this one before compiling (`expand-scenarios.ts`), so that the next block is
 * its first. Source: Bright Pattern, Start Another Scenario: variables are shared; Return and the end lead back, Exit does not.
 */
export const startAnotherScenario: BlockBehaviour<StartAnotherScenarioFields> = {
  exits: () => [{ name: 'failed', kind: 'failure', when: 'The scenario is not there.' }],
  ways: ({ variables = {}, ...fields }) => [
    { way: 'next', by: 'scenario', sets: [...Object.keys(variables), ...inputsOf(fields)] },
    { way: 'failed', by: 'scenario' },
  ],
  state: ({ variables = {}, ...fields }, wiring) => {
    const assignments = Object.entries(variables).map(([name, value]) => ({
      path: getVariablePath(name),
      fill: compileValues(value, ''),
    }));
    return {
      always: [
        {
          ...toState(wiring.next),
          guard: () => isExpanded(fields),
          actions: runSetup.assign({
            variables: ({ context }) =>
              assignments.reduce((all, { path, fill }) => withVariable(all, path, fill(all)), context.variables),
          }),
        },
        toState(wiring.exit('failed')),
      ],
    };
  },
};

/**
 * As an expansion leaves it: the scenario's blocks stand behind the block that starts it. `inputs`: what it declares that it is
 * given; `parameters-are-given` holds whoever starts it to that.
 */
export function asExpanded<Fields extends object>(fields: Fields, inputs: readonly string[]): Fields {
  return { ...fields, isExpanded: true, ...(inputs.length > 0 && { inputs }) };
}

function inputsOf(fields: object): string[] {
  return 'inputs' in fields && Array.isArray(fields.inputs) ? fields.inputs : [];
}

/** Authors cannot write it. */
function isExpanded(fields: object): boolean {
  return 'isExpanded' in fields && fields.isExpanded === true;
}
