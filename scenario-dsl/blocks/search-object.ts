import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileTexts } from './compile-texts.ts';
import { keepRecords } from './keep-records.ts';
import { operationBlock } from './operation-block.ts';
import type { SearchObjectFields } from './search-object-schema.ts';

/** Looks for records. Source: Bright Pattern, Bright Pattern Search Object, exits Failed and No Data. */
export const searchObject = operationBlock<SearchObjectFields>({
  exits: [
    { name: 'no-data', kind: 'outcome', when: 'No record matches.' },
    { name: 'failed', kind: 'failure', when: 'The records could not be searched.' },
  ],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: ({ object, where, fields = [], limit = 10 }) => {
    const fill = compileTexts({ where, fields });
    return ({ variables }) => ({ name: 'search-object', object, limit, ...fill(variables) }) as Operation;
  },
  keep: ({ into }) => keepRecords(into),
  sets: ({ into }) => [into, `${into}.*`],
  types: ({ into }) => ({ [into]: 'list' }),
  fills: ({ into }) => [into],
});
