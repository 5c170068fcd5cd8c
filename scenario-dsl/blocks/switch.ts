import { valueText } from '../expression/template.ts';
import { findVariable, getVariablePath } from '../expression/variables.ts';
import { toState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockWay } from './block-behaviour.ts';
import type { SwitchFields } from './switch-schema.ts';

/**
 * Goes where the value of a variable leads: exactly the text of a case, else `default`, or the next block.
 * Source: Bright Pattern guide, Switch, exit Default.
 */
export const switchBlock: BlockBehaviour<SwitchFields> = {
  references: (fields) => [
    ...Object.entries(fields.cases).map(([value, block]) => ({ path: ['cases', value], block })),
    ...(fields.default === undefined ? [] : [{ path: ['default'], block: fields.default }]),
  ],
  ways: (fields) => [
    ...Object.entries(fields.cases).map(([value, target]): BlockWay => {
      return { way: nameCase(fields, value), target, by: 'scenario', sets: value === '' ? [] : [fields.variable] };
    }),
    otherwiseOf(fields),
  ],
  state: (fields, wiring) => {
    const path = getVariablePath(fields.variable);
    const { way, target } = otherwiseOf(fields);
    return {
      always: [
        ...Object.entries(fields.cases).map(([value, block]) => ({
          ...toState({ state: block, name: nameCase(fields, value) }),
          guard: ({ context }: { context: RunContext }) => valueText(findVariable(context.variables, path)) === value,
        })),
        toState(target === undefined ? wiring.next : { state: target, name: way }),
      ],
    };
  },
};

/** As it reads in paths and reports; never the name of another way. */
function nameCase({ variable }: SwitchFields, value: string): string {
  return `$(${variable}) == '${value}'`;
}

function otherwiseOf(fields: SwitchFields): BlockWay {
  return fields.default === undefined
    ? { way: 'next', by: 'scenario' }
    : { way: 'default', target: fields.default, by: 'scenario' };
}
