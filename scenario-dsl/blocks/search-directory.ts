import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { compileTexts } from './compile-texts.ts';
import { keepRecords } from './keep-records.ts';
import { operationBlock } from './operation-block.ts';
import type { SearchDirectoryFields } from './search-directory-schema.ts';

/** Looks for users and services. Source: Bright Pattern, Search Directory (its fields and exits are not public). */
export const searchDirectory = operationBlock<SearchDirectoryFields>({
  exits: [
    { name: 'no-data', kind: 'outcome', when: 'Nobody and nothing has such a name.' },
    { name: 'failed', kind: 'failure', when: 'The directory could not be searched.' },
  ],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ text, kind, limit = 10 }) => {
    const fill = compileTexts({ text });
    return ({ variables }): Operation => ({
      name: 'search-directory',
      limit,
      ...(kind !== undefined && { kind }),
      ...fill(variables),
    });
  },
  keep: ({ into }) => keepRecords(into),
  sets: ({ into }) => [into, `${into}.*`],
  types: ({ into }) => ({ [into]: 'list' }),
  fills: ({ into }) => [into],
});
