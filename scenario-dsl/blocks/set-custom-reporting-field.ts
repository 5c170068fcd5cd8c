import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import type { SetCustomReportingFieldFields } from './set-custom-reporting-field-schema.ts';

/** Sets fields of the deployment's own in the record. Source: Bright Pattern, Set Custom Reporting Field. */
export const setCustomReportingField = annotationBlock<SetCustomReportingFieldFields>({
  annotation: (fields) => {
    const fill = compileTexts(fields);
    return (variables) => ({ name: 'set-custom-reporting-field', fields: fill(variables) });
  },
});
