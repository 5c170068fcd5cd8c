import type { AttachedDataFields } from './attached-data-schema.ts';
import { compileTexts } from './compile-texts.ts';
import { noteBlock } from './note-block.ts';

/** Shows the agent values beside the chat. Source: Bright Pattern, Attached Data. */
export const attachedData = noteBlock<AttachedDataFields>({
  note: (fields) => {
    const fill = compileTexts(fields);
    return (variables) => ({ name: 'attached-data', data: fill(variables) });
  },
});
