// Texts of a scenario that lie in files of their own, one for each language, for those who translate: put into the scenario's
// text before anything reads it, so that what is checked, tested and published is one text.
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Pair } from 'yaml';

/** Where something stands in one of the files, counted from 1. */
interface FilePlace {
  /** As the scenario names it; undefined for the scenario itself. */
  file?: string;
  line: number;
  column: number;
}

/** A scenario's text with those of its languages in it, and the way back from a place in it. */
export interface JoinedSource {
  source: string;
  placeOf: (place: { line: number; column: number }) => FilePlace;
}

const INDENT = '  ';

/** The files that `texts: [hello.de.yaml, …]` of a scenario names, in their order; none where it is written otherwise. */
export function listTextFiles(source: string): string[] {
  return findNamed(source)?.files ?? [];
}

/**
 * Puts the files of `listTextFiles` into a scenario, in the place of their names. Each is a map of texts under the code of its
 * language, `de: { hello: Hallo }`, and stays as it is written, comments included. `files`: what each holds, by its name.
 */
export function joinTexts(source: string, files: ReadonlyMap<string, string>): JoinedSource {
  const named = findNamed(source);
  if (!named) return { source, placeOf: (place) => place };
  const parts = named.files.map((file) => ({ file, lines: linesOf(files.get(file) ?? '') }));
  const lines = source.split('\n');
  const inserted = parts.flatMap(({ file, lines: own }) => own.map((text, index) => ({ file, text, line: index + 1 })));
  const joined = [
    ...lines.slice(0, named.first),
    'texts:',
    ...inserted.map(({ text }) => (text.trim() === '' ? '' : `${INDENT}${text}`)),
    ...lines.slice(named.last + 1),
  ];
  const added = inserted.length - (named.last - named.first);
  return {
    source: joined.join('\n'),
    placeOf: ({ line, column }) => {
      const own = inserted[line - named.first - 2];
      if (own) return { file: own.file, line: own.line, column: Math.max(1, column - INDENT.length) };
      return { line: line <= named.first + 1 ? line : line - added, column };
    },
  };
}

/** A mark of YAML's documents would end the scenario. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => (/^(---|\.\.\.)\s*$/.test(line) ? '' : line));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The names, and the first and last line (from 0) of where they stand. */
function findNamed(source: string): { files: string[]; first: number; last: number } | undefined {
  // Most scenarios have none, and need not be read twice.
  if (!/^texts\s*:/m.test(source)) return undefined;
  const counter = new LineCounter();
  const { contents, errors } = parseDocument(source, { lineCounter: counter, logLevel: 'error', uniqueKeys: false });
  if (errors.length > 0 || !isMap(contents) || contents.flow === true) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'texts');
  const files = pair && filesOf(pair);
  if (!pair || !files || !isScalar(pair.key) || !isSeq(pair.value) || !pair.key.range || !pair.value.range)
    return undefined;
  const lineAt = (offset: number): number => counter.linePos(offset).line - 1;
  return { files, first: lineAt(pair.key.range[0]), last: lineAt(Math.max(pair.value.range[1] - 1, 0)) };
}

function filesOf({ value }: Pair): string[] | undefined {
  if (!isSeq(value) || value.items.length === 0) return undefined;
  const names = value.items.map((item) => (isScalar(item) && typeof item.value === 'string' ? item.value : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}
