/** Characters that no text may hold: no database, no JSON and no messenger carries them unharmed. Pure. */

/** NUL, and one half of a character that UTF-16 writes as two (a cut emoji). */
const UNWRITABLE = /\0|\p{Surrogate}/u;

/** What of a text cannot be stored or sent, and at which place; undefined where all can. */
export function findUnwritable(text: string): { at: number; message: string; remedy: string } | undefined {
  const found = UNWRITABLE.exec(text);
  if (!found) return undefined;
  const { index: at } = found;
  if (found[0] === '\0')
    return {
      at,
      message: `holds a NUL character (behind ${quote(text, at)})`,
      remedy: 'Take it out: no text can hold it.',
    };
  const code = found[0].charCodeAt(0).toString(16).toUpperCase();
  return {
    at,
    message: `holds half a character, \\u${code} (behind ${quote(text, at)})`,
    remedy: 'Write the whole character, 😀 or \\U0001F600 in double quotes, or take it out.',
  };
}

const QUOTED = 20;

function quote(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - QUOTED), at));
}

const MAX_FOUND = 20;

/** All such texts and keys in plain data, each with the way to it. */
export function listUnwritable(value: unknown): { path: string[]; message: string; remedy: string }[] {
  const found: { path: string[]; message: string; remedy: string }[] = [];
  const look = (inner: unknown, path: string[]): void => {
    if (found.length >= MAX_FOUND) return;
    if (typeof inner === 'string') {
      const fault = findUnwritable(inner);
      if (fault) found.push({ path, message: fault.message, remedy: fault.remedy });
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [key, each] of Object.entries(inner)) {
        const fault = Array.isArray(inner) ? undefined : findUnwritable(key);
        if (fault) found.push({ path, message: `has a key that ${fault.message}`, remedy: fault.remedy });
        look(each, [...path, key]);
      }
    }
  };
  look(value, []);
  return found;
}
