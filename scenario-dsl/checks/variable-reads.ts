import type { ScenarioBlock } from '../document.ts';
import type { SourcePath } from '../finding.ts';
import { readReference } from '../template.ts';

/** A variable that a block reads without a fallback. `path` leads from the block to the text, `at` to the character. */
export interface VariableRead {
  block: string;
  variable: string;
  path: SourcePath;
  at?: number;
}

/** Asking whether a variable is empty is how one asks whether it is set. */
const emptinessTests = /\$\([^)]*\)(?=\s+is\s+(?:not\s+)?empty\b)/g;

/**
 * What a block reads; every text of its fields may hold `$(…)`, and nothing but text does. A comment reads nothing; a
 * Switch asks for its variable, and whoever says where `default` leads has thought of one that is not set.
 */
export function listVariableReads(block: ScenarioBlock): VariableRead[] {
  if (block.type === 'comment') return [];
  if (block.type === 'switch') {
    const { variable, default: otherwise } = block.fields;
    return otherwise === undefined ? [{ block: block.id, variable, path: [block.type, 'variable'] }] : [];
  }
  return listTexts(block.fields, [block.type]).flatMap(({ text, path }) => {
    const asked = block.type === 'if' ? text.replaceAll(emptinessTests, (test) => ' '.repeat(test.length)) : text;
    return listReferences(asked).map(({ variable, at }) => ({ block: block.id, variable, path, at }));
  });
}

/** Every text in a value, with the way to it. */
function listTexts(value: unknown, path: SourcePath): { text: string; path: SourcePath }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    listTexts(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The references without a fallback; an empty one, `$(name|)`, is a fallback as well. */
function listReferences(text: string): { variable: string; at: number }[] {
  const found: { variable: string; at: number }[] = [];
  let at = text.indexOf('$(');
  while (at >= 0) {
    const isEscaped = text.charAt(at - 1) === '$';
    const read = isEscaped ? undefined : readReference(text, at);
    if (read && 'reference' in read && !text.slice(at, read.end).includes('|')) {
      found.push({ variable: read.reference.path.join('.'), at });
    }
    at = text.indexOf('$(', read && 'end' in read ? read.end : at + 2);
  }
  return found;
}
