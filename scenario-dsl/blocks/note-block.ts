import type { Note } from '../../contracts/operation.ts';
import { emitEffect, getEffectId, runSetup, toState, type RunContext } from '../run-setup.ts';
import type { Variables } from '../variables.ts';
import type { BlockBehaviour } from './block-behaviour.ts';

/** A block that tells the world something and goes on at once. */
export interface NoteDefinition<Fields> {
  /** Compiled once; undefined at a visit: there is nothing to tell. */
  note: (fields: Fields) => (variables: Variables) => Note | undefined;
  /** What the run itself remembers of it. */
  remember?: (note: Note, context: RunContext) => Partial<RunContext>;
}

/** The block type of a note. */
export function noteBlock<Fields>({ note, remember }: NoteDefinition<Fields>): BlockBehaviour<Fields> {
  return {
    ways: () => [{ way: 'next', by: 'scenario' }],
    state: (fields, wiring) => {
      const make = note(fields);
      return {
        entry: [
          emitEffect((context) => {
            const made = make(context.variables);
            return made && { kind: 'note', id: getEffectId(context), note: made };
          }),
          ...(remember
            ? [
                runSetup.assign(({ context }: { context: RunContext }) => {
                  const made = make(context.variables);
                  return made ? remember(made, context) : {};
                }),
              ]
            : []),
        ],
        always: [toState(wiring.next)],
      };
    },
  };
}
