import { z } from 'zod';
import { blockId } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const MAX_TRIED = 500;

const exceptionHandlerSchema = z
  .strictObject({
    try: z
      .array(blockId)
      .min(1)
      .max(MAX_TRIED)
      .describe('The blocks whose errors are caught; it goes on at the first of them.'),
    catch: blockId.describe('Where an error of theirs leads that is not wired, and the end of the customer’s side.'),
  })
  .describe('Catches what goes wrong in a part of the scenario.');

export type ExceptionHandlerFields = z.infer<typeof exceptionHandlerSchema>;

export const exceptionHandlerDefinition = defineBlock({
  schema: exceptionHandlerSchema,
  fieldsForAllExits: { try: ['block'], catch: 'block' },
  guide: {
    title: 'Exception Handler',
    group: 'decide',
    notes: [
      'Caught are failure exits of the blocks in `try` that are not wired, and the end of the customer’s side (inactivity, block, erasure) while one of them waits: search, offer and chat are then over and the agent is free.',
      'However a block in `try` is come to, it is inside. Handlers lie one in the other or apart; the innermost catches. `catch` itself is outside.',
      '`$(exception.outcome)` is `No`, `Error` or `Disconnect`; `$(exception.block)`, `$(exception.exit)` and `$(exception.reason)` tell what it was.',
    ],
    differs: 'Both branches are lists of blocks by their ids; `catch` goes on wherever its blocks lead.',
  },
});
