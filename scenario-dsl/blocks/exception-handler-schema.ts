import { z } from 'zod';
import { blockId } from './common-schema.ts';

const maxTried = 500;

export const exceptionHandlerSchema = z
  .strictObject({
    try: z
      .array(blockId)
      .min(1)
      .max(maxTried)
      .describe('The blocks whose errors are caught; it goes on at the first of them.'),
    catch: blockId.describe('Where an error of theirs leads that is not wired, and the end of the customer’s side.'),
  })
  .describe('Catches what goes wrong in a part of the scenario.');

export type ExceptionHandlerFields = z.infer<typeof exceptionHandlerSchema>;
