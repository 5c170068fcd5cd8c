import { getDurationMs } from '../../contracts/duration.ts';
import type { Operation } from '../../contracts/operation.ts';
import { getVariablePath, withVariable, type Variables } from '../expression/variables.ts';
import type { AskABotFields } from './ask-a-bot-schema.ts';
import { compileTexts } from './compile-texts.ts';
import { operationBlock } from './operation-block.ts';

/** Asks a bot for responses. Source: Bright Pattern, Ask a Bot, exits Timeout, Failed and No Data. */
export const askABot = operationBlock<AskABotFields>({
  exits: [
    { name: 'timeout', kind: 'outcome', when: 'The bot did not answer in time.' },
    { name: 'failed', kind: 'failure', when: 'The bot could not be asked, or its answer makes no sense.' },
    { name: 'no-data', kind: 'outcome', when: 'The bot has no response.' },
  ],
  timeoutMs: ({ timeout = '10s' }) => getDurationMs(timeout),
  operation: ({ message = '$(item.message)', account, maxResponses = 2 }) => {
    const fill = compileTexts({ message, ...(account !== undefined && { account }) });
    return ({ variables, botAccount }): Operation => ({
      name: 'ask-a-bot',
      ...fill(variables),
      ...(botAccount !== undefined && { account: botAccount }),
      maxResponses,
    });
  },
  keep: ({ responses, response, raw }) => {
    const paths = [responses, response, raw].map((name) => (name === undefined ? undefined : getVariablePath(name)));
    return (variables, { outcome, values }) => {
      if (outcome !== 'done') return variables;
      const list = Array.isArray(values['responses']) ? values['responses'] : [];
      const kept = [list, list[0] ?? '', values['raw'] ?? null];
      return paths.reduce<Variables>(
        (all, path, index) => (path ? withVariable(all, path, kept[index]) : all),
        variables,
      );
    };
  },
  sets: ({ responses, response, raw }) =>
    [responses, `${responses}.*`, response, raw, raw && `${raw}.*`].filter((name) => name !== undefined),
  types: ({ responses, response }) => ({
    [responses]: 'list',
    ...(response !== undefined && { [response]: 'text' as const }),
  }),
});
