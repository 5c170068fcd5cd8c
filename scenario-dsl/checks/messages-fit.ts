import { maxMessageLength, maxQuickReplyPayload, maxQuickReplyTitle } from '../messenger-limits.ts';
import { getTemplate, type Template } from '../template.ts';
import type { Check, CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';
import { createLengthBounds, type LengthBounds } from './length-bounds.ts';

const name = 'messages-fit';

interface Text {
  source: string;
  path: (string | number)[];
  limit: number;
  what: string;
}

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

function listTextsSent(flow: Flow): Text[] {
  return flow.document.blocks.flatMap((block) => {
    const path = ['blocks', block.id, block.type];
    if (block.type === 'send-message') {
      const { text, quickReplies = [] } = block.fields;
      return [
        { source: text, path: [...path, 'text'], limit: maxMessageLength, what: 'text' },
        ...quickReplies.flatMap(({ title, payload = '' }, index) =>
          listButtonTexts([...path, 'quickReplies', index], { title, payload }),
        ),
      ];
    }
    if (block.type !== 'request-input') return [];
    const { text, retry, choices = [] } = block.fields;
    return [
      { source: text, path: [...path, 'text'], limit: maxMessageLength, what: 'text' },
      { source: retry?.text ?? '', path: [...path, 'retry', 'text'], limit: maxMessageLength, what: 'text' },
      ...choices.flatMap(({ title, value = '' }, index) =>
        listButtonTexts([...path, 'choices', index], { title, value }),
      ),
    ];
  });
}

/** A quick reply's title, and what it sends back, by the names of their fields. */
function listButtonTexts(path: Text['path'], fields: Record<string, string>): Text[] {
  return Object.entries(fields).map(([field, source]) => ({
    source,
    path: [...path, field],
    ...(field === 'title'
      ? { limit: maxQuickReplyTitle, what: 'title' }
      : { limit: maxQuickReplyPayload, what: 'payload' }),
  }));
}

function checkLength({ source, path, limit, what }: Text, bounds: LengthBounds): CheckFinding[] {
  const template = getTemplate(source);
  const longest = getLongest(template, bounds);
  if (longest <= limit) return [];
  const isCut = what === 'title';
  return [
    {
      check: name,
      severity: isCut ? 'warning' : 'error',
      code: isCut ? 'title-cut' : 'text-too-long',
      message: `The ${what} can have ${longest} characters; Messenger ${isCut ? `cuts it after ${limit}` : `takes ${limit}`}.`,
      remedy: what === 'text' ? 'Say it in two Send Message blocks.' : `Bring it to ${limit} characters.`,
      path,
    },
  ];
}

/** What has no bound counts as nothing: that much is sure. */
function getLongest(template: Template, bounds: LengthBounds): number {
  return template
    .map((part) => (typeof part === 'string' ? part.length : (bounds(part) ?? 0)))
    .reduce((sum, length) => sum + length, 0);
}
