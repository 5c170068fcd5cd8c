import { z } from 'zod';
import { numberOrText, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';
import { toNumber } from './read-number.ts';

const setPrioritySchema = z
  .strictObject({
    priority: numberOrText
      .superRefine((value, context) => {
        const number = typeof value === 'string' && value.includes('$(') ? 0 : toNumber(value);
        if (number !== undefined && number >= 0 && number <= 100) return;
        const params: IssueParams = { code: 'out-of-bounds', remedy: 'Bring it to 0 to 100.' };
        context.addIssue({
          code: 'custom',
          message: `"priority" must be 0 to 100, not ${value}.`,
          params: { ...params },
        });
      })
      .describe('0 to 100; higher is served first. $(…) that is no number changes nothing.'),
  })
  .describe('Sets the priority of the searches for an agent that follow.');

export type SetPriorityFields = z.infer<typeof setPrioritySchema>;

export const setPriorityDefinition = defineBlock({
  schema: setPrioritySchema,
  fieldsForAllExits: { priority: 1 },
  guide: { title: 'Set Priority', group: 'route' },
});
