import { VARIABLE_NAME_PATTERN } from '../../contracts/variable-name.ts';

export type Variables = Record<string, unknown>;

/** Names that reach into JavaScript objects instead of the scenario's own data. */
const forbiddenSegments = new Set(['__proto__', 'constructor', 'prototype']);

const MAX_PATH_LENGTH = 200;
const MAX_SEGMENTS = 10;

/** Splits `customer.firstName` into its segments; undefined when it is not a variable name. */
export function parseVariablePath(name: string): string[] | undefined {
  if (name.length > MAX_PATH_LENGTH || !VARIABLE_NAME_PATTERN.test(name)) return undefined;
  const segments = name.split('.');
  if (segments.length > MAX_SEGMENTS || segments.some((segment) => forbiddenSegments.has(segment))) return undefined;
  return segments;
}

/** As `parseVariablePath`, for a name that a check has let through already. */
export function getVariablePath(name: string): string[] {
  const path = parseVariablePath(name);
  if (!path) throw new Error(`Unchecked variable name "${name}": parse the scenario before compiling it.`);
  return path;
}

/** Reads a variable; own properties only, so `a.length` or `a.toString` of a text are unknown, not surprises. */
export function findVariable(variables: Variables, path: readonly string[]): unknown {
  let value: unknown = variables;
  for (const segment of path) {
    if (!isObject(value) || !Object.hasOwn(value, segment)) return undefined;
    value = value[segment];
  }
  return value;
}

/** Gives a copy of `variables` without one of them; as they were where there is none. */
export function withoutVariable(variables: Variables, path: readonly string[]): Variables {
  const [first, ...rest] = path;
  if (first === undefined || !Object.hasOwn(variables, first)) return variables;
  const { [first]: inner, ...others } = variables;
  if (rest.length === 0) return others;
  return isObject(inner) && !Array.isArray(inner) ? { ...variables, [first]: withoutVariable(inner, rest) } : variables;
}

/** Gives a copy of `variables` with one of them set; whatever stood in the way of the path is replaced. */
export function withVariable(variables: Variables, path: readonly string[], value: unknown): Variables {
  const [first, ...rest] = path;
  if (first === undefined) return variables;
  if (rest.length === 0) return { ...variables, [first]: value };
  const inner = Object.hasOwn(variables, first) ? variables[first] : undefined;
  return { ...variables, [first]: withVariable(isObject(inner) && !Array.isArray(inner) ? inner : {}, rest, value) };
}

function isObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null;
}
