/** Canned responses on the desk: filled and found by the same code in the api and in the browser. */

/** What a placeholder may stand for, by its name. */
export type CannedValues = Readonly<Record<string, string>>;

/** `$(name)`, `$(name|otherwise)`, `{{name}}`, `{{name|otherwise}}`; `otherwise` is said where there is nothing to fill in. */
const PLACEHOLDER = /\$\(([^()|]+)(?:\|([^()]*))?\)|\{\{([^{}|]+)(?:\|([^{}]*))?\}\}/g;

/** A text with its placeholders filled, and the names of those for which there is nothing, each once. */
export interface FilledText {
  text: string;
  unfilled: string[];
}

/** Fills the placeholders of a canned response. One for which there is nothing stays as it is, and is told. */
export function fillCannedText(template: string, values: CannedValues): FilledText {
  const unfilled = new Set<string>();
  const text = template.replaceAll(PLACEHOLDER, (whole: string, ...groups: (string | undefined)[]) => {
    const [dollar, dollarElse, braces, bracesElse] = groups;
    const name = (dollar ?? braces ?? '').trim();
    const value = valueOf(values, name) ?? dollarElse ?? bracesElse;
    if (value === undefined) unfilled.add(name);
    return value ?? whole;
  });
  return { text, unfilled: [...unfilled] };
}

/** Names of the placeholders in a text, each once, in the order in which they stand there. */
export function listPlaceholders(text: string): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, dollar, , braces]) => (dollar ?? braces ?? '').trim());
  return [...new Set(names)];
}

/** An empty value is none: the customer would read a gap. */
function valueOf(values: CannedValues, name: string): string | undefined {
  const key = name.toLowerCase();
  const found = Object.entries(values).find(([known]) => known.toLowerCase() === key)?.[1];
  return found === undefined || found === '' ? undefined : found;
}

/** What is known in a chat. */
interface CannedWorld {
  customer?: { firstName?: string | undefined; lastName?: string | undefined; name?: string | undefined } | undefined;
  agent?: { name: string } | undefined;
  service?: string | undefined;
  page?: string | undefined;
  /** What the customer has answered before, by what was asked for. */
  answers?: CannedValues | undefined;
}

/** What placeholders stand for in a chat. A name of ours is never an answer's: answers are under `answers.` as well. */
export function cannedValuesOf({ customer = {}, agent, service, page, answers = {} }: CannedWorld): CannedValues {
  const known: Record<string, string | undefined> = {
    'customer.firstName': customer.firstName,
    'customer.lastName': customer.lastName,
    'customer.name': customer.name,
    'agent.name': agent?.name,
    'service.name': service,
    'page.name': page,
  };
  const own = Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const answered = Object.entries(answers);
  return Object.fromEntries([...answered, ...answered.map(([name, value]) => [`answers.${name}`, value]), ...own]);
}

/** What is searched of a canned response. */
interface Searchable {
  name: string;
  folder?: string | undefined;
  text: string;
}

/**
 * Those in which every word of the query begins a word of name, folder or text; the best match first: what the name begins
 * with, then any word of name or folder, then the text. An empty query finds all, by folder and name.
 */
export function searchCannedResponses<Item extends Searchable>(items: readonly Item[], query: string): Item[] {
  const words = wordsOf(query.replace(/^\s*\//, ''));
  return items
    .flatMap((item) => {
      const rank = rankOf(item, words);
      return rank === undefined ? [] : [{ item, rank }];
    })
    .toSorted((one, other) => one.rank - other.rank || comparePlaces(one.item, other.item))
    .map(({ item }) => item);
}

function rankOf({ name, folder = '', text }: Searchable, words: readonly string[]): number | undefined {
  if (words.length === 0) return 0;
  const named = wordsOf(`${name} ${folder}`);
  const all = [...named, ...wordsOf(text)];
  if (!words.every((word) => all.some((each) => each.startsWith(word)))) return undefined;
  if (name.toLowerCase().startsWith(words[0] ?? '')) return 0;
  return words.every((word) => named.some((each) => each.startsWith(word))) ? 1 : 2;
}

/** `pickup-time` is found whole and by each of its words. */
function wordsOf(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  return [...new Set([...lower.split(/\s+/), ...lower.split(/[^\p{L}\p{M}\p{N}]+/u)])].filter((word) => word !== '');
}

function comparePlaces(one: Searchable, other: Searchable): number {
  return compare(one.folder ?? '', other.folder ?? '') || compare(one.name, other.name);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
