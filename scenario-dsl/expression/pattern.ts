import { RE2JS } from 're2js';
import { MAX_TEXT_LENGTH } from './values.ts';

/** A pattern in RE2's syntax, which is matched in linear time whatever customers write: no look-around, no back-references. */
export interface Pattern {
  source: string;
  /** Whether the pattern is found anywhere in the text. */
  isFoundIn(text: string): boolean;
  /** What a group of it matched first, the whole match being group 0; undefined where it did not. */
  extract(text: string, group: number): string | undefined;
  /** The text with each match replaced; `$1` to `$9` are its groups, `$$` a dollar. */
  replaceAll(text: string, by: string): string;
}

const MAX_PATTERN_LENGTH = 500;

/** Of the compiled program. With the longest text below it bounds a match to some tens of milliseconds. */
const MAX_INSTRUCTIONS = 2000;

/** Longer than any message; what stands behind is not looked at. */
const LONGEST_TEXT = 4000;

type CompiledPattern = { pattern: Pattern } | { problem: string; remedy: string };

/** Compiles a pattern; letters' case does not count, unless it begins with `(?-i)`. */
export function compilePattern(source: string): CompiledPattern {
  if (source.length > MAX_PATTERN_LENGTH) {
    return {
      problem: `A pattern has at most ${MAX_PATTERN_LENGTH} characters.`,
      remedy: 'Ask with several conditions.',
    };
  }
  // Nobody writes one: it is what YAML makes of the border of a word.
  if (source.includes('\b')) {
    return {
      problem: String.raw`The pattern holds a backspace: that is how YAML reads \b in double quotes.`,
      remedy: String.raw`Write \\b there, or take single quotes around the text.`,
    };
  }
  try {
    return toPattern(source, RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
  } catch (error) {
    return describe(source, error);
  }
}

/** The pattern of a wildcard text: `*` stands for any characters, `?` for one, and all of the text has to be like it. */
export function compileWildcards(source: string): CompiledPattern {
  const escaped = RE2JS.quote(source)
    .replaceAll(String.raw`\*`, '.*')
    .replaceAll(String.raw`\?`, '.');
  const compiled = compilePattern(`(?s)^${escaped}$`);
  return 'pattern' in compiled ? { pattern: { ...compiled.pattern, source } } : compiled;
}

function toPattern(source: string, compiled: RE2JS): CompiledPattern {
  if (compiled.programSize() > MAX_INSTRUCTIONS) {
    return {
      problem: 'The pattern repeats so much that matching it would take too long.',
      remedy: 'Repeat less: \\d+ instead of \\d{1,100}.',
    };
  }
  const isFoundIn = (text: string): boolean => compiled.test(text.slice(0, LONGEST_TEXT));
  const extract = (text: string, group: number): string | undefined => {
    const matcher = compiled.matcher(text.slice(0, LONGEST_TEXT));
    if (group < 0 || group > matcher.groupCount() || !matcher.find()) return undefined;
    return matcher.group(group) ?? undefined;
  };
  const replaceAll = (text: string, by: string): string => replaceMatches(compiled, text, by);
  return { pattern: { source, isFoundIn, extract, replaceAll } };
}

/** Stops where the result is long enough, as every text does. */
function replaceMatches(compiled: RE2JS, text: string, by: string): string {
  const looked = text.slice(0, LONGEST_TEXT);
  const matcher = compiled.matcher(looked);
  let result = '';
  let from = 0;
  while (result.length <= MAX_TEXT_LENGTH && matcher.find()) {
    const filled = by.replaceAll(/\$([$1-9])/g, (_all, sign: string) =>
      sign === '$' ? '$' : Number(sign) <= matcher.groupCount() ? (matcher.group(Number(sign)) ?? '') : '',
    );
    result += looked.slice(from, matcher.start()) + filled;
    from = matcher.end();
  }
  return result + text.slice(from);
}

const notOfRe2: readonly (readonly [RegExp, string, string])[] = [
  [/\(\?<?[=!]/, 'Look-around, (?=…) and the like,', "Ask with two conditions: … matches '…' and … not matches '…'."],
  [/\\[1-9k]/, 'A reference back to a group, \\1,', 'Write what it stands for again.'],
  [/\(\?>|[*+?}]\+/, 'A group or repetition that does not give back', 'Leave the > or the second + out.'],
];

/** Without RE2's prefix: "missing closing )". */
function describe(source: string, error: unknown): { problem: string; remedy: string } {
  const foreign = notOfRe2.find(([construct]) => construct.test(source));
  if (foreign) return { problem: `${foreign[1]} is not part of patterns (they are RE2's).`, remedy: foreign[2] };
  const reason = error instanceof Error ? error.message : 'not readable';
  return {
    problem: `No pattern: ${reason
      .replace(/^error parsing regexp: /, '')
      .replaceAll('`', '"')
      .slice(0, 200)}.`,
    remedy: String.raw`Mend it; a sign that stands for itself has a \ before it: \[, \(, \+, \?.`,
  };
}
