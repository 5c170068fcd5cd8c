import type { Operation } from '../../contracts/operation.ts';
import { askABot } from './ask-a-bot.ts';
import { askModel } from './ask-model.ts';
import { getAgentState, getStatistics, setAgentState } from './ask-dispatcher.ts';
import { checkBusinessHours } from './check-business-hours.ts';
import { drawNumber } from './draw-number.ts';
import { fetchUrl } from './fetch-url.ts';
import { getUserConfiguration, searchDirectory } from './look-up-people.ts';
import { notThereYet } from './not-there-yet.ts';
import type { OperationHandler } from './operation-handler.ts';

/** Every operation by its name: a new one is a file here and a line in this table. */
export const operationTable: { [Name in Operation['name']]: OperationHandler<Name> } = {
  ...notThereYet,
  'ask-a-bot': askABot,
  'ask-model': askModel,
  'check-business-hours': checkBusinessHours,
  'draw-number': drawNumber,
  'fetch-url': fetchUrl,
  'get-agent-state': getAgentState,
  'get-statistics': getStatistics,
  'get-user-configuration': getUserConfiguration,
  'search-directory': searchDirectory,
  'set-agent-state': setAgentState,
};
