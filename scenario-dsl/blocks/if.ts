import { evaluateCondition } from '../expression/evaluate-condition.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { toState, type RunContext } from '../run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { IfFields } from './if-schema.ts';

/**
 * Goes where the first condition that holds says; without one to `else`, or to the next block.
 * Source: Bright Pattern guide, If.
 */
export const ifBlock: BlockBehaviour<IfFields> = {
  references: (branches) =>
    branches.flatMap((branch, index) => [
      ...(branch.go === undefined ? [] : [{ path: [index, 'go'], block: branch.go }]),
      ...(branch.else === undefined ? [] : [{ path: [index, 'else'], block: branch.else }]),
    ]),
  goesOn: (branches) => branches.at(-1)?.else === undefined,
  state: (branches, wiring) => ({
    always: [
      ...branches.flatMap(({ when, go }) => (when === undefined || go === undefined ? [] : [conditional(when, go)])),
      toState(branches.at(-1)?.else ?? wiring.next),
    ],
  }),
};

function conditional(
  when: string,
  go: string,
): ReturnType<typeof toState> & { guard: (args: { context: RunContext }) => boolean } {
  const condition = getCondition(when);
  return { ...toState(go), guard: ({ context }) => evaluateCondition(condition, context.variables) };
}
