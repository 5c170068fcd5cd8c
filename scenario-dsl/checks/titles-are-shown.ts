import { getSentTexts } from '../blocks/block-behaviours.ts';
import { EACH } from '../expression/expression.ts';
import { listVariables } from '../expression/list-variables.ts';
import { getTemplate, type Template } from '../expression/template.ts';
import type { Check } from './check-report.ts';

const name = 'titles-are-shown';

/** What can be tapped has a title, whatever its variables hold: Messenger takes none that is empty, and it is left out. */
export const titlesAreShown: Check = {
  name,
  promise: 'No button, quick reply or choice is left out because its title is empty.',
  certainty: 'bounded',
  run: ({ document }) => ({
    findings: document.blocks.flatMap((block) =>
      getSentTexts(block)
        .filter(({ what, source }) => what === 'title' && isLoneVariable(getTemplate(source)))
        .map(({ path }) => ({
          check: name,
          severity: 'warning' as const,
          code: 'title-may-be-empty',
          message: 'This title is nothing but a variable: where that is empty, what is tapped by it is left out.',
          remedy: 'Write what stands there then: $(name|Other).',
          path: ['blocks', block.id, block.type, ...path],
        })),
    ),
  }),
};

/** One substitution without a fallback, and nothing beside it that can be read. What an item is made of, its list holds. */
function isLoneVariable(template: Template): boolean {
  const parts = template.filter((part) => typeof part !== 'string' || part.trim() !== '');
  const [only] = parts;
  if (parts.length !== 1 || only === undefined || typeof only === 'string') return false;
  const isOfItem = listVariables(only.value).some(({ variable }) => variable.split('.', 1)[0] === EACH);
  return !isOfItem && (only.fallback ?? '').trim() === '';
}
