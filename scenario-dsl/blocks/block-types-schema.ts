import type { z } from 'zod';
import { abSplitDefinition } from './a-b-split-schema.ts';
import { aiAgentDefinition } from './ai-agent-schema.ts';
import { askABotDefinition } from './ask-a-bot-schema.ts';
import { attachedDataDefinition } from './attached-data-schema.ts';
import { businessHoursDefinition } from './business-hours-schema.ts';
import { chatBotSelectAccountDefinition } from './chat-bot-select-account-schema.ts';
import { collectDefinition } from './collect-schema.ts';
import { commentDefinition } from './comment-schema.ts';
import { connectChatDefinition } from './connect-chat-schema.ts';
import { createObjectDefinition } from './create-object-schema.ts';
import { emailDefinition } from './email-schema.ts';
import { exceptionHandlerDefinition } from './exception-handler-schema.ts';
import { exitDefinition } from './exit-schema.ts';
import { fetchUrlDefinition } from './fetch-url-schema.ts';
import { findAgentDefinition } from './find-agent-schema.ts';
import { getAgentStateDefinition } from './get-agent-state-schema.ts';
import { getNextRecordDefinition } from './get-next-record-schema.ts';
import { getStatisticsDefinition } from './get-statistics-schema.ts';
import { surveyDefinition } from './survey-schema.ts';
import { getUserConfigurationDefinition } from './get-user-configuration-schema.ts';
import { gotoDefinition } from './goto-schema.ts';
import { identifyContactDefinition } from './identify-contact-schema.ts';
import { ifDefinition } from './if-schema.ts';
import { internalMessageDefinition } from './internal-message-schema.ts';
import { logDefinition } from './log-schema.ts';
import { requestInputDefinition } from './request-input-schema.ts';
import { requestSkillOrServiceDefinition } from './request-skill-or-service-schema.ts';
import { returnDefinition } from './return-schema.ts';
import { saveSurveyResponseDefinition } from './save-survey-response-schema.ts';
import { searchDirectoryDefinition } from './search-directory-schema.ts';
import { searchObjectDefinition } from './search-object-schema.ts';
import { selfServiceProvidedDefinition } from './self-service-provided-schema.ts';
import { sendMessageDefinition } from './send-message-schema.ts';
import { setAgentStateDefinition } from './set-agent-state-schema.ts';
import { setCaseDefinition } from './set-case-schema.ts';
import { setCustomReportingFieldDefinition } from './set-custom-reporting-field-schema.ts';
import { setDispositionDefinition } from './set-disposition-schema.ts';
import { setPriorityDefinition } from './set-priority-schema.ts';
import { setVariableDefinition } from './set-variable-schema.ts';
import { startAnotherScenarioDefinition } from './start-another-scenario-schema.ts';
import { switchDefinition } from './switch-schema.ts';
import { waitDefinition } from './wait-schema.ts';
import { webScreenPopDefinition } from './web-screen-pop-schema.ts';

/**
 * Every block type with its fields and its guide, in the order in which docs/scenario-language.md tells them. The other half
 * of each pair, kept apart because zod stays out of the workflow bundle, is listed in `block-behaviours.ts`; types keep both
 * alike.
 */
export const blockTypes = {
  'send-message': sendMessageDefinition,
  'request-input': requestInputDefinition,
  collect: collectDefinition,
  'ai-agent': aiAgentDefinition,
  if: ifDefinition,
  switch: switchDefinition,
  goto: gotoDefinition,
  'set-variable': setVariableDefinition,
  'business-hours': businessHoursDefinition,
  'a-b-split': abSplitDefinition,
  'exception-handler': exceptionHandlerDefinition,
  'start-another-scenario': startAnotherScenarioDefinition,
  return: returnDefinition,
  wait: waitDefinition,
  comment: commentDefinition,
  log: logDefinition,
  exit: exitDefinition,
  'find-agent': findAgentDefinition,
  'connect-chat': connectChatDefinition,
  'set-priority': setPriorityDefinition,
  'request-skill-or-service': requestSkillOrServiceDefinition,
  'get-statistics': getStatisticsDefinition,
  'get-agent-state': getAgentStateDefinition,
  'set-agent-state': setAgentStateDefinition,
  'self-service-provided': selfServiceProvidedDefinition,
  'identify-contact': identifyContactDefinition,
  'search-object': searchObjectDefinition,
  'create-object': createObjectDefinition,
  'get-next-record': getNextRecordDefinition,
  'search-directory': searchDirectoryDefinition,
  'get-user-configuration': getUserConfigurationDefinition,
  'fetch-url': fetchUrlDefinition,
  survey: surveyDefinition,
  'save-survey-response': saveSurveyResponseDefinition,
  'set-disposition': setDispositionDefinition,
  'set-custom-reporting-field': setCustomReportingFieldDefinition,
  'set-case': setCaseDefinition,
  'internal-message': internalMessageDefinition,
  email: emailDefinition,
  'chat-bot-select-account': chatBotSelectAccountDefinition,
  'ask-a-bot': askABotDefinition,
  'attached-data': attachedDataDefinition,
  'web-screen-pop': webScreenPopDefinition,
};

export type BlockType = keyof typeof blockTypes;

export type BlockFields = { [Type in BlockType]: z.infer<(typeof blockTypes)[Type]['schema']> };
