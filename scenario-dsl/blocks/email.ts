import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileTexts } from './compile-texts.ts';
import type { EmailFields } from './email-schema.ts';
import { operationBlock } from './operation-block.ts';

/** Sends an e-mail. Source: Bright Pattern, EMail (its exits are not public). */
export const email = operationBlock<EmailFields>({
  exits: [{ name: 'failed', kind: 'failure', when: 'The e-mail could not be handed over.' }],
  timeoutMs: ({ timeout = '30s' }) => getDurationMs(timeout),
  operation: ({ timeout: _timeout, cc = [], ...fields }) => {
    const fill = compileTexts({ ...fields, cc });
    return ({ variables }) => ({ name: 'email', ...fill(variables) }) as Operation;
  },
});
