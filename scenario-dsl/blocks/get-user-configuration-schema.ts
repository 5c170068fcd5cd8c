import { z } from 'zod';
import { duration, filledText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const getUserConfigurationSchema = z
  .strictObject({
    username: filledText.describe('Name of the user.'),
    into: variableName.optional().describe('Variable that it becomes; user where left out.'),
    timeout: duration.optional().describe('How long it may take; 5s where left out.'),
  })
  .describe('Looks up a user: $(user.name), $(user.role), $(user.skills.billing).');

export type GetUserConfigurationFields = z.infer<typeof getUserConfigurationSchema>;

export const getUserConfigurationDefinition = defineBlock({
  schema: getUserConfigurationSchema,
  fieldsForAllExits: { username: 'user' },
  guide: { title: 'Get User Configuration', group: 'data' },
});
