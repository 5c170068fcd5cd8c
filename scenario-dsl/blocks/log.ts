import { compileTexts } from './compile-texts.ts';
import type { LogFields } from './log-schema.ts';
import { annotationBlock } from './annotation-block.ts';

/** Records a line with the conversation. Source: Bright Pattern, Log. */
export const log = annotationBlock<LogFields>({
  annotation: ({ text, level = 'info' }) => {
    const fill = compileTexts({ text });
    return (variables) => ({ name: 'log', level, ...fill(variables) });
  },
});
