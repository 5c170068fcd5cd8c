// What a block does that offers a list (choices, cards, quick replies for each item) which holds nothing.
import { toState, type BlockState, type RunContext } from '../machine/run-setup.ts';
import type { BlockWay, BlockWiring } from './block-behaviour.ts';

/** The exit of a block that offers a list, and of those that look for records: there is none. */
export const NO_DATA = 'no-data';

/** The way of an empty list; it takes no time, and the customer is asked nothing. */
export const emptyListWay: BlockWay = { way: NO_DATA, by: 'empty-list' };

/** Before it, a question was asked without anything to choose from; a run that began so goes on so. */
const LEAVING_ENGINE = 2;

/** The state before `sending`: leads out where there is nothing to offer. */
export function offeringState(holdsNothing: (context: RunContext) => boolean, wiring: BlockWiring): BlockState {
  const isLeft = ({ engineVersion = 1 }: RunContext): boolean =>
    wiring.isWired(NO_DATA) || engineVersion >= LEAVING_ENGINE;
  return {
    always: [
      { ...toState(wiring.exit(NO_DATA)), guard: ({ context }) => isLeft(context) && holdsNothing(context) },
      { target: 'sending' },
    ],
  };
}
