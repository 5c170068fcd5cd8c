import type { z } from 'zod';
import { abSplitSchema } from './a-b-split-schema.ts';
import { businessHoursSchema } from './business-hours-schema.ts';
import { collectSchema } from './collect-schema.ts';
import { commentSchema } from './comment-schema.ts';
import { connectChatSchema } from './connect-chat-schema.ts';
import { exceptionHandlerSchema } from './exception-handler-schema.ts';
import { exitSchema } from './exit-schema.ts';
import { findAgentSchema } from './find-agent-schema.ts';
import { gotoSchema } from './goto-schema.ts';
import { ifSchema } from './if-schema.ts';
import { logSchema } from './log-schema.ts';
import { requestInputSchema } from './request-input-schema.ts';
import { sendMessageSchema } from './send-message-schema.ts';
import { setVariableSchema } from './set-variable-schema.ts';
import { switchSchema } from './switch-schema.ts';
import { waitSchema } from './wait-schema.ts';

/** The fields of every block type. Its twin without zod, for the workflow bundle, is `block-behaviours.ts`; types keep both alike. */
export const blockFieldsSchema = {
  'a-b-split': abSplitSchema,
  'business-hours': businessHoursSchema,
  collect: collectSchema,
  comment: commentSchema,
  'connect-chat': connectChatSchema,
  'exception-handler': exceptionHandlerSchema,
  exit: exitSchema,
  'find-agent': findAgentSchema,
  goto: gotoSchema,
  if: ifSchema,
  log: logSchema,
  'request-input': requestInputSchema,
  'send-message': sendMessageSchema,
  'set-variable': setVariableSchema,
  switch: switchSchema,
  wait: waitSchema,
};

export type BlockType = keyof typeof blockFieldsSchema;

export type BlockFields = { [Type in BlockType]: z.infer<(typeof blockFieldsSchema)[Type]> };
