import { withVariable } from '../expression/variables.ts';
import { runSetup, toState } from '../machine/run-setup.ts';
import type { BlockBehaviour } from './block-behaviour.ts';
import type { ExceptionHandlerFields } from './exception-handler-schema.ts';

/**
 * Goes on at the first block of `try`. What it catches is no state of its own: the failure exits of the blocks in `try` that
 * the author did not wire lead to `catch`, and so does the end of the customer's side (`compile-scenario.ts`).
 * Source: Bright Pattern, Exception Handler; older versions keep the outcome `Disconnect`, `Error` or `No`.
 */
export const exceptionHandler: BlockBehaviour<ExceptionHandlerFields> = {
  references: (fields) => [
    ...fields.try.map((block, index) => ({ path: ['try', index], block })),
    { path: ['catch'], block: fields.catch },
  ],
  ways: (fields) => [{ way: 'try', target: firstOf(fields), by: 'scenario', sets: ['exception.outcome'] }],
  state: (fields) => ({
    always: [
      {
        ...toState({ state: firstOf(fields), name: 'try' }),
        actions: runSetup.assign({
          variables: ({ context }) => withVariable(context.variables, ['exception'], { outcome: 'No' }),
        }),
      },
    ],
  }),
};

function firstOf(fields: ExceptionHandlerFields): string {
  const [first] = fields.try;
  if (first === undefined)
    throw new Error('An Exception Handler without blocks: parse the scenario before compiling it.');
  return first;
}
