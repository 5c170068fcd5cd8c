import { compileTexts } from './compile-texts.ts';
import type { LogFields } from './log-schema.ts';
import { noteBlock } from './note-block.ts';

/** Records a line with the conversation. Source: Bright Pattern, Log. */
export const log = noteBlock<LogFields>({
  note: ({ text, level = 'info' }) => {
    const fill = compileTexts({ text });
    return (variables) => ({ name: 'log', level, ...fill(variables) });
  },
});
