import { z } from 'zod';
import { scenarioName, valueText, variableName } from './common-schema.ts';
import { defineBlock } from './define-block.ts';

const startAnotherScenarioSchema = z
  .strictObject({
    scenario: scenarioName.describe(
      'Name of the scenario; its published version is pinned when a conversation begins.',
    ),
    variables: z
      .record(variableName, z.union([valueText, z.number(), z.boolean()], { error: 'text, a number, true or false' }))
      .optional()
      .describe(
        'Variables to set before it starts, as Set Variable does: the inputs that it declares. It knows and changes all the others as well.',
      ),
  })
  .describe('Runs another scenario, and goes on when it returns or comes to its end.');

export type StartAnotherScenarioFields = z.infer<typeof startAnotherScenarioSchema>;

export const startAnotherScenarioDefinition = defineBlock({
  schema: startAnotherScenarioSchema,
  fieldsForAllExits: { scenario: 'name' },
  guide: {
    title: 'Start Another Scenario',
    group: 'decide',
    notes: [
      'The other scenario’s blocks run as if they stood here, under ids such as `survey/ask`: it knows and changes all variables, Return and its end lead to the block behind, Exit ends the conversation.',
      'Its version is pinned when a conversation begins. Five deep at most, 2,000 blocks together; none may start itself.',
    ],
    differs: 'An error inside goes the way of errors here, so an Exception Handler around the block catches it.',
  },
});
