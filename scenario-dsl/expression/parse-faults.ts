// What the parser refuses, in words for authors.
import { findNearestName } from '../../contracts/nearest-name.ts';
import { ExpressionFault } from './expression-fault.ts';
import { EACH, type Expression, type Template } from './expression.ts';
import type { FunctionDefinition } from './functions/function-definition.ts';
import { functionNames } from './functions/functions.ts';
import { parseVariablePath } from './variables.ts';

/** Nobody would look into it: $(a|$(b|)) is said as "$(b|" and ")" where there is no a. */
export function checkFallback(
  value: string,
  { fallback = '', source, at }: { fallback: string | undefined; source: string; at: number },
): void {
  const inner = fallback.indexOf('$(');
  if (inner < 0) return;
  const [, next = 'other', last] =
    /^\$\(\s*([\w.-]+)\s*(?:\|([^)]*))?/.exec(source.slice(source.indexOf('$(', at + 2))) ?? [];
  throw new ExpressionFault({
    message: 'A fallback is plain text: a $( in it is not looked into.',
    at,
    remedy: `Write $(default(${value}, ${next}, '${last?.trim() || 'there'}')).`,
  });
}

/** What a function says of arguments that stand in the expression itself. */
export function examineArguments(definition: FunctionDefinition, args: readonly Expression[]): void {
  const texts = args.map((argument) => (argument.kind === 'text' ? constantText(argument.template) : undefined));
  const found = definition.examine?.(texts);
  const argument = found && args[found.index];
  if (found && argument) throw new ExpressionFault({ message: found.message, remedy: found.remedy, at: argument.at });
}

function constantText(template: Template): string | undefined {
  const [text = '', ...more] = template;
  return typeof text === 'string' && more.length === 0 ? text : undefined;
}

export const patternRemedies = {
  matches: String.raw`Write it in quotes: matches '^\d{5}$'.`,
  like: `Write it in quotes: like 'INV-*'.`,
};

/** The name of a field in quotes stands for what each item holds under it: sort(list, 'amount'). */
export function asField(expression: Expression): Expression {
  const name = expression.kind === 'text' ? constantText(expression.template) : undefined;
  const path = name === undefined ? undefined : parseVariablePath(name);
  return path ? { kind: 'variable', path: [EACH, ...path], at: expression.at, end: expression.end } : expression;
}

export function eachInEach(name: string, at: number): ExpressionFault {
  const message = `"${name}" stands in what is worked out for each item of another list.`;
  return new ExpressionFault({ message, at, remedy: 'Set a variable to the one list first.' });
}

/** Words that mean something in other languages, or here in small letters: nobody means a variable. */
const oddWords = /^(?:null|nil|none|undefined|nothing|true|false|and|or|not|in|is|contains|matches|like)$/i;

/** The variable that a bare word names; `explain-fault.ts` says what to write for a word that names none. */
export function getBarePath(word: string, at: number): string[] {
  if (oddWords.test(word)) {
    const message = `Expected a variable, text or number, found "${word}".`;
    throw new ExpressionFault({ message, at, remedy: `For text write '${word}'.` });
  }
  const path = parseVariablePath(word);
  if (!path) throw notAName(word, at);
  return path;
}

export function notAName(name: string, at: number): ExpressionFault {
  return new ExpressionFault({ message: `"${name.slice(0, 60)}" is not a variable name.`, at });
}

export function notClosed(at: number): ExpressionFault {
  return new ExpressionFault({ message: 'This $( has no closing ).', at });
}

export function unknownFunction(name: string, at: number): ExpressionFault {
  const nearest = findNearestName(name, functionNames);
  const remedy = nearest === undefined ? `Functions: ${functionNames.join(', ')}.` : `Did you mean "${nearest}"?`;
  return new ExpressionFault({ message: `There is no function "${name.slice(0, 60)}".`, at, remedy });
}
