import { EACH, type Expression, type Template } from './expression.ts';
import { findFunction, getParameter } from './functions/functions.ts';
import { findKnownWhere, findKnownWhereNot } from './find-known-where.ts';

/** A variable that an expression reads. `at` to `end`: its name, or its whole `$(…)`, in the source. */
export interface VariableUse {
  variable: string;
  at: number;
  end: number;
  /** Something speaks where it is not set: a fallback, or a test whether it is empty. */
  isOptional: boolean;
  /** Written without `$( )`: text whose quotes were forgotten looks the same. */
  isBare?: true;
}

/** How an expression stands among others: with a fallback behind it, or behind a test of some variables. */
interface Setting {
  isOptional: boolean;
  known: ReadonlySet<string>;
}

const plain: Setting = { isOptional: false, known: new Set() };

/** The variables that an expression reads, also on the side of an "and" or an "if" that a run may not come to. */
export function listVariables(expression: Expression): VariableUse[] {
  return read(expression, plain);
}

function readTemplate(template: Template, setting: Setting): VariableUse[] {
  return template.flatMap((part) => (typeof part === 'string' ? [] : read(part, setting)));
}

function read(expression: Expression, setting: Setting): VariableUse[] {
  const { kind } = expression;
  if (kind === 'variable') return [readVariable(expression, setting)];
  if (kind === 'substitution') return readSubstitution(expression, setting);
  if (kind === 'text') return readTemplate(expression.template, setting);
  if (kind === 'list') return expression.items.flatMap((item) => read(item, setting));
  if (kind === 'call') return readCall(expression, setting);
  if (kind === 'is-empty') return read(expression.operand, { ...setting, isOptional: true });
  if (kind === 'negative' || kind === 'not') return read(expression.operand, setting);
  return kind === 'literal' || kind === 'pattern' ? [] : readSides(expression, setting);
}

type TwoSided = Extract<Expression, { kind: 'and' | 'or' | 'arithmetic' | 'compare' }>;

/** The right side of "and" is come to where the left holds, that of "or" where it does not. */
function readSides({ kind, left, right }: TwoSided, setting: Setting): VariableUse[] {
  const known = kind === 'and' ? findKnownWhere(left) : kind === 'or' ? findKnownWhereNot(left) : [];
  return [...read(left, setting), ...read(right, behind(setting, known))];
}

function readVariable(
  { path, at, end, isBare }: Extract<Expression, { kind: 'variable' }>,
  setting: Setting,
): VariableUse {
  const variable = path.join('.');
  const isOptional = setting.isOptional || setting.known.has(variable);
  return { variable, at, end, isOptional, ...(isBare && { isBare }) };
}

/** A plain `$(name)` is pointed at where it begins. */
function readSubstitution(part: Extract<Expression, { kind: 'substitution' }>, setting: Setting): VariableUse[] {
  const inner = { ...setting, isOptional: setting.isOptional || part.fallback !== undefined };
  if (part.value.kind === 'variable') return [{ ...readVariable(part.value, inner), at: part.at, end: part.end }];
  return read(part.value, inner);
}

/** `default` has a value for each argument but the last; `if` comes to the second only where the first holds. */
function readCall({ name, args }: Extract<Expression, { kind: 'call' }>, setting: Setting): VariableUse[] {
  const [first] = args;
  const definition = findFunction(name);
  const takesNothing = definition?.takesNothing === true;
  if (name !== 'if' && name !== 'default') {
    return args.flatMap((argument, index) => {
      const uses = read(argument, takesNothing ? { ...setting, isOptional: true } : setting);
      return definition && getParameter(definition, index)?.type === 'each' ? withoutEach(uses) : uses;
    });
  }
  return args.flatMap((argument, index) => {
    if (name === 'default')
      return read(argument, { ...setting, isOptional: setting.isOptional || index < args.length - 1 });
    if (index === 0 || !first) return read(argument, setting);
    return read(argument, behind(setting, index === 1 ? findKnownWhere(first) : findKnownWhereNot(first)));
  });
}

/** The item of the list is no variable of the run. */
export function withoutEach<Use extends { variable: string }>(uses: readonly Use[]): Use[] {
  return uses.filter(({ variable }) => variable !== EACH && !variable.startsWith(`${EACH}.`));
}

function behind(setting: Setting, known: readonly string[]): Setting {
  return { ...setting, known: new Set([...setting.known, ...known]) };
}
