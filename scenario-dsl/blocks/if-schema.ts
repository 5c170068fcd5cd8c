import { z } from 'zod';
import { blockId, condition, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const branch = z
  .strictObject({ when: condition.optional(), go: blockId.optional(), else: blockId.optional() })
  .meta({ oneOf: [{ required: ['when', 'go'] }, { required: ['else'] }] });

const ifSchema = z
  .array(branch)
  .min(1)
  .describe('Goes where the first condition that holds says; without one to else, or to the next block.')
  .superRefine((branches, context) => {
    branches.forEach((entry, index) => {
      const issue = branchIssue(entry, index === branches.length - 1);
      if (!issue) return;
      const params: IssueParams = { code: 'bad-branch', remedy: issue.remedy };
      context.addIssue({ code: 'custom', path: [index], message: issue.message, params: { ...params } });
    });
  });

export type IfFields = z.infer<typeof ifSchema>;

export const ifDefinition = defineBlock({
  schema: ifSchema,
  fieldsForAllExits: [],
  guide: {
    title: 'If',
    group: 'decide',
    notes: ['The first condition that holds; without one and without `else` the next block.'],
  },
});

function branchIssue(entry: z.infer<typeof branch>, isLast: boolean): { message: string; remedy: string } | undefined {
  const hasWhen = entry.when !== undefined;
  const hasGo = entry.go !== undefined;
  if (entry.else === undefined) {
    if (hasWhen && hasGo) return undefined;
    return { message: 'A branch needs both "when" and "go".', remedy: 'Write { when: <condition>, go: <block id> }.' };
  }
  if (hasWhen || hasGo) {
    return { message: '"else" stands alone.', remedy: 'Write { else: <block id> } as a branch of its own.' };
  }
  return isLast ? undefined : { message: 'Nothing after "else" is looked at.', remedy: 'Make it the last branch.' };
}
