import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import { toNumber } from './read-number.ts';
import type { SetPriorityFields } from './set-priority-schema.ts';

/**
 * Sets the priority of every later Find Agent that names none of its own; brought to 0 to 100.
 * Source: Bright Pattern, Set Priority; Find Agent for tasks: "Priority overrides an earlier value; blank keeps it".
 */
export const setPriority = annotationBlock<SetPriorityFields>({
  annotation: (fields) => {
    const fill = compileTexts(fields);
    return (variables) => {
      const priority = toNumber(fill(variables).priority);
      return priority === undefined
        ? undefined
        : { name: 'set-priority', priority: Math.min(100, Math.max(0, priority)) };
    };
  },
  remember: (annotation, { routing }) =>
    annotation.name === 'set-priority' ? { routing: { ...routing, priority: annotation.priority } } : {},
});
