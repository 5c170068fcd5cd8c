import type { Operation } from '../../contracts/operation.ts';
import { getDurationMs } from '../duration.ts';
import { getVariablePath, withVariable } from '../variables.ts';
import { compileTexts } from './compile-texts.ts';
import type { GetUserConfigurationFields } from './get-user-configuration-schema.ts';
import { operationBlock } from './operation-block.ts';

const defaultInto = 'user';

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
  keep: ({ into = defaultInto }) => {
    const path = getVariablePath(into);
    return (variables, { outcome, values }) =>
      outcome === 'done' ? withVariable(variables, path, values['user'] ?? {}) : variables;
  },
  sets: ({ into = defaultInto }) =>
    ['username', 'name', 'role', 'skills', 'skills.*', 'slots'].map((field) => `${into}.${field}`),
  types: ({ into = defaultInto }) => ({
    [`${into}.username`]: 'text',
    [`${into}.name`]: 'text',
    [`${into}.role`]: 'text',
    [`${into}.skills`]: 'map',
    [`${into}.slots`]: 'number',
  }),
});
