import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import type { SetDispositionFields } from './set-disposition-schema.ts';

/** Says how the conversation ended, for reports. Source: Bright Pattern, Set Disposition. */
export const setDisposition = annotationBlock<SetDispositionFields>({
  annotation: ({ disposition, comment }) => {
    const fill = compileTexts({ disposition, ...(comment !== undefined && { comment }) });
    return (variables) => ({ name: 'set-disposition', ...fill(variables) });
  },
});
