import type { ScenarioBlock } from '../document/document.ts';
import type { Expression } from '../expression/expression.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { parseTemplate } from '../expression/template.ts';
import { getNamedExpression, parseValue } from '../expression/value-expression.ts';
import type { SourcePath } from '../problems/finding.ts';

/** A text of a block, and what is made of it: a condition, a value (where `=` begins an expression), one that may be a bare name, or text. */
export interface BlockText {
  source: string;
  /** From the block's type on. */
  path: SourcePath;
  role: 'condition' | 'value' | 'named' | 'text';
}

/** Every text in the fields of a block, with the way to it. A comment holds none. */
export function listBlockTexts(block: ScenarioBlock): BlockText[] {
  if (block.type === 'comment') return [];
  return listTexts(block.fields, [block.type]).map((text) => ({ ...text, role: roleOf(block.type, text.path) }));
}

/** What a text says, parsed; undefined where it is no expression and holds no substitution that can be read. */
export function parseBlockText({ source, role }: BlockText): Expression | undefined {
  if (role === 'condition') return getCondition(source);
  if (role === 'value') {
    const parsed = parseValue(source);
    return 'fault' in parsed ? undefined : parsed.expression;
  }
  if (role === 'named') return getNamedExpression(source);
  if (!source.includes('$(')) return undefined;
  const parsed = parseTemplate(source);
  return 'fault' in parsed ? undefined : { kind: 'text', template: parsed.template, at: 0, end: source.length };
}

/** Where a block takes values, as the beginning of a path. */
const valuePlaces: Partial<Record<ScenarioBlock['type'], readonly string[]>> = {
  'set-variable': [],
  'ai-agent': ['share'],
  'fetch-url': ['body', 'json'],
  'create-object': ['fields'],
  'start-another-scenario': ['variables'],
  wait: ['until'],
};

function roleOf(type: ScenarioBlock['type'], [, ...path]: SourcePath): BlockText['role'] {
  if (type === 'if') return path.at(-1) === 'when' ? 'condition' : 'text';
  if (isMadeForEach({ type, path }) && path.at(-1) === 'each') return 'named';
  if (type === 'request-input') return roleOfInput(path);
  const place = valuePlaces[type];
  return place?.every((key, index) => path[index] === key) ? 'value' : 'text';
}

/** The bounds of a date are named, and the days that it is not on are values. */
function roleOfInput(path: SourcePath): BlockText['role'] {
  const [key, index] = path[0] === 'form' ? path.slice(2) : path;
  if ((key === 'min' || key === 'max') && index === undefined) return 'named';
  return key === 'not' ? 'value' : 'text';
}

/** Whether a text stands in what is made for each item of a list; `path` leads on from the block's type. */
export function isMadeForEach({ type, path }: { type: ScenarioBlock['type']; path: SourcePath }): boolean {
  if (type !== 'send-message' && type !== 'request-input') return false;
  const at = path.findIndex((key) => key === 'choices' || key === 'cards' || key === 'quickReplies');
  return at >= 0 && typeof path[at + 1] === 'string';
}

function listTexts(value: unknown, path: SourcePath): { source: string; path: SourcePath }[] {
  if (typeof value === 'string') return [{ source: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'byLanguage' ? [] : listTexts(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
