import type { z } from 'zod';
import { abSplitSchema } from './a-b-split-schema.ts';
import { askABotSchema } from './ask-a-bot-schema.ts';
import { attachedDataSchema } from './attached-data-schema.ts';
import { businessHoursSchema } from './business-hours-schema.ts';
import { chatBotSelectAccountSchema } from './chat-bot-select-account-schema.ts';
import { collectSchema } from './collect-schema.ts';
import { commentSchema } from './comment-schema.ts';
import { connectChatSchema } from './connect-chat-schema.ts';
import { createObjectSchema } from './create-object-schema.ts';
import { emailSchema } from './email-schema.ts';
import { exceptionHandlerSchema } from './exception-handler-schema.ts';
import { exitSchema } from './exit-schema.ts';
import { fetchUrlSchema } from './fetch-url-schema.ts';
import { findAgentSchema } from './find-agent-schema.ts';
import { getAgentStateSchema } from './get-agent-state-schema.ts';
import { getNextRecordSchema } from './get-next-record-schema.ts';
import { getStatisticsSchema } from './get-statistics-schema.ts';
import { getUserConfigurationSchema } from './get-user-configuration-schema.ts';
import { gotoSchema } from './goto-schema.ts';
import { identifyContactSchema } from './identify-contact-schema.ts';
import { ifSchema } from './if-schema.ts';
import { internalMessageSchema } from './internal-message-schema.ts';
import { logSchema } from './log-schema.ts';
import { requestInputSchema } from './request-input-schema.ts';
import { requestSkillOrServiceSchema } from './request-skill-or-service-schema.ts';
import { returnSchema } from './return-schema.ts';
import { saveSurveyResponseSchema } from './save-survey-response-schema.ts';
import { searchDirectorySchema } from './search-directory-schema.ts';
import { searchObjectSchema } from './search-object-schema.ts';
import { selfServiceProvidedSchema } from './self-service-provided-schema.ts';
import { sendMessageSchema } from './send-message-schema.ts';
import { setAgentStateSchema } from './set-agent-state-schema.ts';
import { setCaseSchema } from './set-case-schema.ts';
import { setCustomReportingFieldSchema } from './set-custom-reporting-field-schema.ts';
import { setDispositionSchema } from './set-disposition-schema.ts';
import { setPrioritySchema } from './set-priority-schema.ts';
import { setVariableSchema } from './set-variable-schema.ts';
import { startAnotherScenarioSchema } from './start-another-scenario-schema.ts';
import { switchSchema } from './switch-schema.ts';
import { waitSchema } from './wait-schema.ts';
import { webScreenPopSchema } from './web-screen-pop-schema.ts';

/** The fields of every block type. Its twin without zod, for the workflow bundle, is `block-behaviours.ts`; types keep both alike. */
export const blockFieldsSchema = {
  'a-b-split': abSplitSchema,
  'ask-a-bot': askABotSchema,
  'attached-data': attachedDataSchema,
  'business-hours': businessHoursSchema,
  'chat-bot-select-account': chatBotSelectAccountSchema,
  collect: collectSchema,
  comment: commentSchema,
  'connect-chat': connectChatSchema,
  'create-object': createObjectSchema,
  email: emailSchema,
  'exception-handler': exceptionHandlerSchema,
  exit: exitSchema,
  'fetch-url': fetchUrlSchema,
  'find-agent': findAgentSchema,
  'get-agent-state': getAgentStateSchema,
  'get-next-record': getNextRecordSchema,
  'get-statistics': getStatisticsSchema,
  'get-user-configuration': getUserConfigurationSchema,
  goto: gotoSchema,
  'identify-contact': identifyContactSchema,
  if: ifSchema,
  'internal-message': internalMessageSchema,
  log: logSchema,
  'request-input': requestInputSchema,
  'request-skill-or-service': requestSkillOrServiceSchema,
  return: returnSchema,
  'save-survey-response': saveSurveyResponseSchema,
  'search-directory': searchDirectorySchema,
  'search-object': searchObjectSchema,
  'self-service-provided': selfServiceProvidedSchema,
  'send-message': sendMessageSchema,
  'set-agent-state': setAgentStateSchema,
  'set-case': setCaseSchema,
  'set-custom-reporting-field': setCustomReportingFieldSchema,
  'set-disposition': setDispositionSchema,
  'set-priority': setPrioritySchema,
  'set-variable': setVariableSchema,
  'start-another-scenario': startAnotherScenarioSchema,
  switch: switchSchema,
  wait: waitSchema,
  'web-screen-pop': webScreenPopSchema,
};

export type BlockType = keyof typeof blockFieldsSchema;

export type BlockFields = { [Type in BlockType]: z.infer<(typeof blockFieldsSchema)[Type]> };
