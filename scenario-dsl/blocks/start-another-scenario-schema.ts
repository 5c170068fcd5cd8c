import { z } from 'zod';
import { scenarioName, text, variableName } from './common-schema.ts';

export const startAnotherScenarioSchema = z
  .strictObject({
    scenario: scenarioName.describe(
      'Name of the scenario; its published version is pinned when a conversation begins.',
    ),
    variables: z
      .record(variableName, z.union([text, z.number(), z.boolean()], { error: 'text, a number, true or false' }))
      .optional()
      .describe('Variables to set before it starts; it knows and changes all the others as well.'),
  })
  .describe('Runs another scenario, and goes on when it returns or comes to its end.');

export type StartAnotherScenarioFields = z.infer<typeof startAnotherScenarioSchema>;
