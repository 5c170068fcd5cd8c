import type { Expression, SyntaxFault } from './expression.ts';

/** What a double holds of any number. */
const EXACT_DIGITS = 15;

/**
 * The first number of an expression that is read as another than stands there: 01067 is 1067, and twenty digits are rounded.
 * Not a fault of syntax, because scenarios with such numbers run.
 */
export function findChangedNumber(expression: Expression, source: string): SyntaxFault | undefined {
  for (const { at, end, value } of listNumbers(expression)) {
    const written = source.slice(at, end);
    if (!isChanged(written)) continue;
    return {
      message: `${written} is read as the number ${value}.`,
      at,
      remedy: `As text it stands in quotes: '${written}'. What reads as numbers is compared as numbers; the text alone: matches '^${written}$'.`,
    };
  }
  return undefined;
}

function isChanged(written: string): boolean {
  const digits = written.replace(/^-?0*/, '').replace('.', '');
  return /^-?0\d/.test(written) || digits.length > EXACT_DIGITS;
}

type NumberLiteral = { at: number; end: number; value: number };

/** Quoted texts are left alone: what stands in them is text. */
function listNumbers(expression: Expression): NumberLiteral[] {
  const { kind, at, end } = expression;
  if (kind === 'literal') return typeof expression.value === 'number' ? [{ at, end, value: expression.value }] : [];
  if (kind === 'substitution') return listNumbers(expression.value);
  if (kind === 'list') return expression.items.flatMap(listNumbers);
  if (kind === 'call') return expression.args.flatMap(listNumbers);
  if ('operand' in expression) return listNumbers(expression.operand);
  return 'left' in expression ? [...listNumbers(expression.left), ...listNumbers(expression.right)] : [];
}
