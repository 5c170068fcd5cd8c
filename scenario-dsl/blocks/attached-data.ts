import type { AttachedDataFields } from './attached-data-schema.ts';
import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';

/** Shows the agent values beside the chat. Source: Bright Pattern, Attached Data. */
export const attachedData = annotationBlock<AttachedDataFields>({
  annotation: (fields) => {
    const fill = compileTexts(fields);
    return (variables) => ({ name: 'attached-data', data: fill(variables) });
  },
});
