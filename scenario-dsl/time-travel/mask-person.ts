import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';

/** Takes what tells who somebody is out of anything that is plain JSON: the same always becomes the same. */
export type Mask = <Value>(value: Value) => Value;

/** Variables whose values are a person's, whatever they look like. */
const PERSONAL = /name|phone|mobile|mail|address|street|birth|iban|card/iu;
/** What a first or last name of fewer letters would be found in by chance. */
const SHORTEST = 2;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
/** Days and moments stay: scenarios count with them, and they name nobody. */
const MOMENT = String.raw`\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?`;
/** Phone numbers as people write them, and ids: five digits or more. */
const NUMBER = new RegExp(String.raw`${MOMENT}|\+?\d(?:[ ()/.-]{0,2}\d){4,}`, 'gu');

/** A mask for one conversation. `answers`: what the customer has told by its variables' names, by the end. */
export function createMask(stored: StoredConversation, answers: Readonly<Record<string, unknown>>): Mask {
  const names = new Map<string, string>();
  const others = new Map<string, string>();
  const learn = (text: unknown, kind: string): void => {
    if (typeof text !== 'string' || text.trim().length < SHORTEST || names.has(text.trim().toLowerCase())) return;
    names.set(text.trim().toLowerCase(), `${kind}${names.size + 1}`);
  };
  const customer = asRecord(stored.openedWith?.variables['customer']);
  for (const [key, value] of Object.entries(customer)) if (PERSONAL.test(key)) learn(value, 'Name');
  for (const [key, value] of Object.entries(answers))
    if (PERSONAL.test(key) && !looksNumeric(value)) learn(value, 'Name');
  for (const { event } of stored.recordedInputs) {
    const agent = asRecord(event['agent']);
    learn(agent['username'], 'agent-');
    learn(agent['name'], 'Agent');
  }
  for (const id of [stored.psid, stored.pageId]) learn(id, 'id-');
  const pattern = patternOf([...names.keys()]);

  function maskText(text: string): string {
    const named = pattern ? text.replaceAll(pattern, (found) => names.get(found.toLowerCase()) ?? found) : text;
    const mailed = named.replaceAll(EMAIL, (found) => known(found, () => `person${others.size + 1}@example.com`));
    return mailed.replaceAll(NUMBER, (found) =>
      isMoment.test(found) ? found : known(found, () => otherDigits(found)),
    );
  }
  function known(found: string, make: () => string): string {
    const made = others.get(found) ?? make();
    others.set(found, made);
    return made;
  }
  function otherDigits(found: string): string {
    // As long and written as it was: a scenario may look at its form.
    let seed = others.size + 1;
    return found.replaceAll(/\d/gu, () => {
      seed = (seed * 7 + 3) % 1009;
      return String(1 + (seed % 9));
    });
  }
  function mask(value: unknown): unknown {
    if (typeof value === 'string') return maskText(value);
    // An id that is a number is masked as one that is a text.
    if (typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) >= 10 ** 9 && value < 10 ** 12)
      return Number(maskText(String(value)));
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
  }
  return mask as Mask;
}

const isMoment = new RegExp(`^${MOMENT}$`, 'u');

function looksNumeric(value: unknown): boolean {
  return typeof value === 'string' && /^[+\d][\d ()/.-]*$/u.test(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The longest first: a whole name before its parts. Whole words only. */
function patternOf(texts: readonly string[]): RegExp | undefined {
  if (texts.length === 0) return undefined;
  const escaped = texts
    .toSorted((one, other) => other.length - one.length)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join('|')})(?![\p{L}\p{N}])`, 'giu');
}
