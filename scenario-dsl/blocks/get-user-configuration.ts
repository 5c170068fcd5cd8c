import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { getVariablePath, withVariable } from '../expression/variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { GetUserConfigurationFields } from './get-user-configuration-schema.ts';
import { operationBlock } from './operation-block.ts';

const DEFAULT_INTO = 'user';

/** Looks up a user. Source: Bright Pattern, Get User Configuration (its fields and exits are not public). */
export const getUserConfiguration = operationBlock<GetUserConfigurationFields>({
  exits: [
    { name: 'no-data', kind: 'outcome', when: 'There is no user of that name.' },
    { name: 'failed', kind: 'failure', when: 'The user could not be looked up.' },
  ],
  timeoutMs: ({ timeout = '5s' }) => getDurationMs(timeout),
  operation: ({ username }) => {
    const fill = compileTexts({ username });
    return ({ variables }): Operation => ({ name: 'get-user-configuration', ...fill(variables) });
  },
  keep: ({ into = DEFAULT_INTO }) => {
    const path = getVariablePath(into);
    return (variables, { outcome, values }) =>
      outcome === 'done' ? withVariable(variables, path, values['user'] ?? {}) : variables;
  },
  sets: ({ into = DEFAULT_INTO }) =>
    ['username', 'name', 'role', 'skills', 'skills.*', 'slots'].map((field) => `${into}.${field}`),
  types: ({ into = DEFAULT_INTO }) => ({
    [`${into}.username`]: 'text',
    [`${into}.name`]: 'text',
    [`${into}.role`]: 'text',
    [`${into}.skills`]: 'map',
    [`${into}.slots`]: 'number',
  }),
});
