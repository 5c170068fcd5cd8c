import type { Annotation } from '../../contracts/operation.ts';
import type { Variables } from '../expression/variables.ts';
import { emitEffect, getEffectId, runSetup, toState, type RunContext } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';

/** A block that tells the world something and goes on at once. */
export interface AnnotationDefinition<Fields> {
  /** Compiled once; undefined at a visit: there is nothing to tell. */
  annotation: (fields: Fields) => (variables: Variables) => Annotation | undefined;
  /** What the run itself remembers of it. */
  remember?: (annotation: Annotation, context: RunContext) => Partial<RunContext>;
}

/** The block type of a note. */
export function annotationBlock<Fields>({
  annotation,
  remember,
}: AnnotationDefinition<Fields>): BlockBehaviour<Fields> {
  return {
    ways: () => [{ way: 'next', by: 'scenario' }],
    state: (fields, wiring) => {
      const make = annotation(fields);
      return {
        entry: [
          emitEffect((context) => {
            const made = make(context.variables);
            return made && { kind: 'annotate', id: getEffectId(context), annotation: made };
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
