import type { Operation } from '../../contracts/operation.ts';
import { getSurvey } from './get-survey.ts';
import { askABot } from './ask-a-bot.ts';
import { askModel } from './ask-model.ts';
import { getAgentState, getStatistics, setAgentState } from './ask-dispatcher.ts';
import { checkBusinessHours } from './check-business-hours.ts';
import { drawNumber } from './draw-number.ts';
import { fetchUrl } from './fetch-url.ts';
import { getUserConfiguration, searchDirectory } from './look-up-people.ts';
import { createObject } from './create-object.ts';
import { identifyContact } from './identify-contact.ts';
import { internalMessage } from './internal-message.ts';
import { searchObject } from './search-object.ts';
import { sendEmail } from './send-email.ts';
import type { OperationHandler } from './operation-handler.ts';

/** Every operation by its name: a new one is a file here and a line in this table. */
export const operationTable: { [Name in Operation['name']]: OperationHandler<Name> } = {
  'ask-a-bot': askABot,
  'ask-model': askModel,
  'check-business-hours': checkBusinessHours,
  'create-object': createObject,
  'draw-number': drawNumber,
  email: sendEmail,
  'fetch-url': fetchUrl,
  'get-agent-state': getAgentState,
  'get-statistics': getStatistics,
  'get-survey': getSurvey,
  'get-user-configuration': getUserConfiguration,
  'identify-contact': identifyContact,
  'internal-message': internalMessage,
  'search-directory': searchDirectory,
  'search-object': searchObject,
  'set-agent-state': setAgentState,
};
