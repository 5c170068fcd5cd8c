import type { Json } from '../../contracts/json.ts';
import { truncateText } from '../../contracts/split-text.ts';

/** What one Send Message can say. */
const MAX_RESPONSE_CHARACTERS = 2000;

/** A bot's answer: `{ responses: [text | { text }] }`, or the list alone; what is no text is left out. */
export function readResponses(raw: Json | undefined): string[] {
  const list = isObject(raw) ? raw['responses'] : raw;
  if (!Array.isArray(list)) return [];
  const texts = list.map((item) => (isObject(item) ? item['text'] : item));
  return texts
    .filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    .map((text) => truncateText(text, MAX_RESPONSE_CHARACTERS));
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
