import { z } from 'zod';
import { filledText, text, type IssueParams } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const requestSkillOrServiceSchema = z
  .strictObject({
    skills: z.array(text).min(1).max(50).optional().describe('Skills that later searches ask for beside their own.'),
    service: filledText.optional().describe('Service whose agents later searches look for.'),
  })
  .superRefine(({ skills, service }, context) => {
    if (skills || service !== undefined) return;
    const params: IssueParams = { code: 'bad-request', remedy: 'Write "skills", "service" or both.' };
    context.addIssue({ code: 'custom', message: 'Nothing is requested.', params: { ...params } });
  })
  .meta({
    description: 'Adds to what later searches for an agent ask for.',
    anyOf: [{ required: ['skills'] }, { required: ['service'] }],
  });

export type RequestSkillOrServiceFields = z.infer<typeof requestSkillOrServiceSchema>;

export const requestSkillOrServiceDefinition = defineBlock({
  schema: requestSkillOrServiceSchema,
  fieldsForAllExits: {},
  guide: { title: 'Request Skill or Service', group: 'route' },
});
