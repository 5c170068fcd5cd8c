import { emitOperation, isAnswer, toState, type RunContext, type RunEvent } from '../machine/run-setup.ts';
import type { AbSplitFields } from './a-b-split-schema.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import { compileTexts } from './compile-texts.ts';

/** Drawing is a matter of milliseconds; whoever waits for it longer goes by the first branch. */
const TIMEOUT_MS = 10_000;

/**
 * Goes on at one of several branches, each as often as its weight says. The number is drawn outside, because a replay must
 * not draw again; where it cannot be drawn the first branch is taken: an experiment holds nobody up.
 */
export const abSplit: BlockBehaviour<AbSplitFields> = {
  references: ({ branches }) => branches.map(({ go }, index) => ({ path: ['branches', index, 'go'], block: go })),
  ways: ({ branches }) =>
    branches.map(({ go }, index) => ({ way: nameBranch(index), target: go, by: 'answer', maxMs: TIMEOUT_MS })),
  state: ({ branches, sticky }) => {
    const fill = compileTexts(sticky === undefined ? {} : { sticky });
    const total = branches.reduce((all, branch) => all + weightOf(branch), 0);
    let sum = 0;
    const limits = branches.map((branch) => (sum += weightOf(branch)) / total);
    const [first, ...others] = branches.map(({ go }, index) => toState({ state: go, name: nameBranch(index) }));
    if (!first) throw new Error('A split without branches: parse the scenario before compiling it.');
    return {
      entry: emitOperation(({ variables }) => ({ name: 'draw-number', ...fill(variables) }), TIMEOUT_MS),
      on: {
        'operation.completed': [
          ...others.map((transition, index) => ({
            ...transition,
            guard: (args: DrawArgs) => isAnswer(args) && drawnIndex(args, limits) === index + 1,
          })),
          { ...first, guard: isAnswer },
        ],
      },
      after: { [TIMEOUT_MS]: first },
    };
  },
};

interface DrawArgs {
  context: RunContext;
  event: RunEvent;
}

function drawnIndex({ event }: DrawArgs, limits: readonly number[]): number {
  const number = event.type === 'operation.completed' ? event.values['number'] : undefined;
  return typeof number === 'number' ? limits.findIndex((limit) => number < limit) : 0;
}

function weightOf({ weight = 1 }: AbSplitFields['branches'][number]): number {
  return weight;
}

/** `branch-a`, `branch-b` and so on, in paths and reports. */
function nameBranch(index: number): string {
  return `branch-${'abcdefghijklmnopqrstuvwxyz'.charAt(index)}`;
}
