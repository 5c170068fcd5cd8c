import { truncateText } from '../../contracts/split-text.ts';
import type { SentText } from '../blocks/block-behaviour.ts';
import { getSentTexts } from '../blocks/block-behaviours.ts';
import { getTemplate, type Template } from '../expression/template.ts';
import type { Check, CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';
import { createLengthBounds, type LengthBounds } from './length-bounds.ts';

const name = 'messages-fit';

/** What is sent fits Messenger's limits, with everything put in whose length is bounded. */
export const messagesFit: Check = {
  name,
  promise: 'Every text fits Messenger’s limits, with every variable of bounded length put in.',
  certainty: 'bounded',
  run: (flow) => {
    const bounds = createLengthBounds(flow.document);
    return { findings: listTextsSent(flow).flatMap((text) => checkLength(text, bounds)) };
  },
};

function listTextsSent(flow: Flow): SentText[] {
  return flow.document.blocks.flatMap((block) =>
    getSentTexts(block).map((text) => ({ ...text, path: ['blocks', block.id, block.type, ...text.path] })),
  );
}

function checkLength({ source, path, limit, what }: SentText, bounds: LengthBounds): CheckFinding[] {
  const template = getTemplate(source);
  const longest = getLongest(template, bounds);
  if (longest <= limit) return [];
  const isCut = what === 'title';
  // A title that always is too long was never seen as it is written; of one that a variable makes so the author may not know.
  const isConstant = template.every((part) => typeof part === 'string');
  return [
    {
      check: name,
      severity: isCut && !isConstant ? 'warning' : 'error',
      code: isCut ? 'title-cut' : 'text-too-long',
      message: isCut
        ? `The title can have ${longest} characters; Messenger shows ${limit}: ${describeCut(template, { bounds, limit })}.`
        : `The ${what} can have ${longest} characters; Messenger takes ${limit}.`,
      remedy: what === 'text' ? 'Say it in two Send Message blocks.' : `Bring it to ${limit} characters.`,
      path,
    },
  ];
}

/** Of a title as it is written what is left; else from where on it is cut with the longest values. */
function describeCut(template: Template, { bounds, limit }: { bounds: LengthBounds; limit: number }): string {
  const [text = '', ...more] = template;
  if (typeof text === 'string' && more.length === 0) return `"${truncateText(text, limit)}"`;
  let length = 0;
  for (const [index, part] of template.entries()) {
    const before = length;
    length += typeof part === 'string' ? part.length : (bounds(part) ?? 0);
    if (length > limit && typeof part === 'string')
      return `"${part.slice(Math.max(0, limit - before))}" at its end is cut`;
    if (length > limit)
      return `a long value ${index === 0 ? 'at its beginning' : 'in it'} is cut, and what is behind it`;
  }
  return 'the rest is cut';
}

/** What has no bound counts as nothing: that much is sure. */
function getLongest(template: Template, bounds: LengthBounds): number {
  return template
    .map((part) => (typeof part === 'string' ? part.length : (bounds(part) ?? 0)))
    .reduce((sum, length) => sum + length, 0);
}
