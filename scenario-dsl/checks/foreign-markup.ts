import { getSentTexts } from '../blocks/block-behaviours.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import type { Slip } from './foreign-values.ts';

interface Markup {
  form: RegExp;
  /** What the customer reads instead of what is meant, behind the words themselves. */
  said: string;
  remedy: string;
}

const markups: readonly Markup[] = [
  {
    form: /\[[^[\]\n]{1,200}\]\((?:https?:|www\.|mailto:|tel:)[^()\s]*\)/gi,
    said: 'is said as it stands: Messenger hides no address behind words.',
    remedy: 'Write the address alone, or a button: buttons: [{ title: …, url: … }].',
  },
  {
    form: /<(b|i|u|s|strong|em|p|a|div|span|ul|ol|li|h[1-6]|font)(?:\s[^<>\n]{0,300})?>[^<>]{0,300}<\/\1>|<(?:br|hr|\/p|\/li)\s*\/?>/gi,
    said: 'is said as it stands: Messenger knows no HTML.',
    remedy: String.raw`Take the tag out; a line break is \n in double quotes.`,
  },
  {
    form: /&(?:amp|nbsp|lt|gt|quot|apos|euro|[aouAOU]uml|szlig|#\d{1,6}|#x[0-9a-f]{1,5});/gi,
    said: 'is said as it stands: Messenger knows no HTML.',
    remedy: 'Write the sign itself.',
  },
  {
    form: /\*\*[^*\s](?:[^*\n]{0,200}[^*\s])?\*\*/g,
    said: 'is said with its asterisks: Messenger knows no Markdown.',
    remedy: 'Take the asterisks out.',
  },
];

/** What customers are shown with marks of HTML or Markdown, which Messenger shows as they stand. */
export function findMarkup(block: ScenarioBlock): (Slip & { path: SourcePath })[] {
  return getSentTexts(block)
    .filter(({ what }) => what !== 'payload')
    .flatMap(({ source, path }) =>
      markups.flatMap(({ form, said, remedy }) =>
        [...source.matchAll(form)].slice(0, 1).map(({ 0: whole, index }) => ({
          at: index,
          length: whole.length,
          message: `${quoted(whole)} ${said}`,
          remedy,
          path: [block.type, ...path],
        })),
      ),
    );
}
