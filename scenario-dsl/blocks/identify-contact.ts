import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { withVariable } from '../expression/variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { IdentifyContactFields } from './identify-contact-schema.ts';
import { operationBlock } from './operation-block.ts';

/**
 * Looks for the customer among the contacts; the only match is attached to the conversation.
 * Source: Bright Pattern, Identify Contact, exits Failed, No Data and Multiple Matches.
 */
export const identifyContact = operationBlock<IdentifyContactFields>({
  exits: [
    { name: 'no-data', kind: 'outcome', when: 'No contact matches.' },
    { name: 'multiple-matches', kind: 'outcome', when: 'More than one contact matches; none is attached.' },
    { name: 'failed', kind: 'failure', when: 'The contacts could not be searched.' },
  ],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: ({ by, field, value }) => {
    const fill = compileTexts({
      ...(field !== undefined && { field }),
      ...(value !== undefined && { value }),
    });
    return ({ variables }): Operation => ({ name: 'identify-contact', by, ...fill(variables) });
  },
  keep:
    () =>
    (variables, { outcome, values }) => {
      if (outcome !== 'done' || !isOne(values)) return variables;
      const { contact = {} } = values;
      const id = typeof contact === 'object' && contact !== null && 'id' in contact ? contact.id : '';
      return withVariable(withVariable(variables, ['contact'], contact), ['item', 'contactId'], id);
    },
  exitOf:
    () =>
    ({ values }) =>
      isOne(values) ? undefined : 'multiple-matches',
  sets: () => ['contact.*', 'contact.id', 'item.contactId'],
});

/** Where nobody counts, a contact is the only one. */
function isOne({ matches, contact }: Record<string, unknown>): boolean {
  return matches === undefined ? contact !== undefined : matches === 1;
}
