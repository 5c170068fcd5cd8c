import { truncateText } from '../../contracts/split-text.ts';

/** Well within one message. */
const MAX_TEXT_CHARACTERS = 1500;
/** What is longer as JSON is not kept for back-tests (`workflows/conversation/recorded-inputs.ts`). */
const MAX_JSON_CHARACTERS = 1800;

/** What a model wrote, as Messenger shows it: signs of Markdown would stand as they are; a link keeps its text and its address. */
export function toMessengerText(content: string): string {
  const plain = content
    .toWellFormed()
    // Some models think aloud first.
    .replace(/^\s*<think>[^]*?<\/think>/, '')
    // oxlint-disable-next-line no-control-regex -- what no message shows
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/^#{1,6} +/gm, '')
    .replaceAll(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replaceAll(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '$1 ($2)')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const text = truncateText(plain, MAX_TEXT_CHARACTERS).trim();
  const excess = JSON.stringify(text).length - MAX_JSON_CHARACTERS;
  return excess > 0 ? truncateText(text, text.length - excess).trim() : text;
}
