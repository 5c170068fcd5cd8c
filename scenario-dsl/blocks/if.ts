import { evaluateCondition } from '../expression/evaluate-condition.ts';
import { listFilledWhere } from '../expression/filled-lists.ts';
import { findKnownWhere, findKnownWhereNot } from '../expression/find-known-where.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { toState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockWay } from './block-behaviour.ts';
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
  ways: (branches) => {
    const known: string[] = [];
    const filled: string[] = [];
    const ways = conditionsOf(branches).map(({ when, go }): BlockWay => {
      const condition = getCondition(when);
      const sets = [...known, ...findKnownWhere(condition)];
      const fills = [...filled, ...listFilledWhere(condition, true)];
      known.push(...findKnownWhereNot(condition));
      filled.push(...listFilledWhere(condition, false));
      return { way: when, target: go, by: 'scenario', sets, fills };
    });
    return [...ways, { ...otherwiseOf(branches), sets: known, fills: filled }];
  },
  state: (branches, wiring) => {
    const { way, target } = otherwiseOf(branches);
    return {
      always: [
        ...conditionsOf(branches).map(conditional),
        toState(target === undefined ? wiring.next : { state: target, name: way }),
      ],
    };
  },
};

function conditionsOf(branches: IfFields): { when: string; go: string }[] {
  return branches.flatMap(({ when, go }) => (when === undefined || go === undefined ? [] : [{ when, go }]));
}

function otherwiseOf(branches: IfFields): BlockWay {
  const target = branches.at(-1)?.else;
  return target === undefined ? { way: 'next', by: 'scenario' } : { way: 'else', target, by: 'scenario' };
}

function conditional({
  when,
  go,
}: {
  when: string;
  go: string;
}): ReturnType<typeof toState> & { guard: (args: { context: RunContext }) => boolean } {
  const condition = getCondition(when);
  return {
    ...toState({ state: go, name: when }),
    guard: ({ context }) => evaluateCondition(condition, context.variables),
  };
}
