import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileTexts } from './compile-texts.ts';
import type { InternalMessageFields } from './internal-message-schema.ts';
import { operationBlock } from './operation-block.ts';

/** Leaves a text for users of the console. Source: Bright Pattern, Internal Message, exit Failed. */
export const internalMessage = operationBlock<InternalMessageFields>({
  exits: [
    {
      name: 'failed',
      kind: 'failure',
      when: 'There is no such user and nobody serves such a service, or the text could not be kept.',
    },
  ],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ to, text }) => {
    const fill = compileTexts({ username: to, text });
    return ({ variables }): Operation => ({ name: 'internal-message', ...fill(variables) });
  },
});
