import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import type { SetCaseFields } from './set-case-schema.ts';

/** Attaches a case to the conversation; an empty id attaches none. Source: Bright Pattern, Set Case (Case ID, Replace). */
export const setCase = annotationBlock<SetCaseFields>({
  annotation: ({ caseId, replace = false }) => {
    const fill = compileTexts({ caseId });
    return (variables) => {
      const id = fill(variables).caseId.trim();
      return id === '' ? undefined : { name: 'set-case', caseId: id, replace };
    };
  },
});
