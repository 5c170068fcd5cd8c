import type { Note } from '../../contracts/operation.ts';
import { emitEffect, getEffectId, toState, type RunContext } from '../run-setup.ts';
import type { Variables } from '../variables.ts';
import type { BlockBehaviour } from './block-behaviour.ts';

/** A block that tells the world something and goes on at once. */
export function noteBlock<Fields>(
  compileNote: (fields: Fields) => (variables: Variables, context: RunContext) => Note,
): BlockBehaviour<Fields> {
  return {
    ways: () => [{ way: 'next', by: 'scenario' }],
    state: (fields, wiring) => {
      const note = compileNote(fields);
      return {
        entry: emitEffect((context) => ({
          kind: 'note',
          id: getEffectId(context),
          note: note(context.variables, context),
        })),
        always: [toState(wiring.next)],
      };
    },
  };
}
