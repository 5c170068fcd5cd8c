/** A document, or a part of one, while it is being edited. */
export type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a path like `wrapUp.timeout`. */
export function valueAt(values: Values, path: string): unknown {
  let found: unknown = values;
  for (const step of path.split('.')) found = isValues(found) ? found[step] : undefined;
  return found;
}

/** With another value at a path. Nothing there takes the key away, and with it what is left empty around it. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const [step = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : withInner(values[step], rest.join('.'), value);
  const { [step]: _former, ...others } = values;
  if (inner === undefined) return others;
  // A key that was there stays where it stood.
  return step in values ? { ...values, [step]: inner } : { ...others, [step]: inner };
}

function withInner(inner: unknown, path: string, value: unknown): Values | undefined {
  const changed = withValue(isValues(inner) ? inner : {}, path, value);
  return Object.keys(changed).length === 0 ? undefined : changed;
}

/** Whether two values say the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => isSame(each, other[index]));
  if (!isValues(one) || !isValues(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

/** A key whose value differs. */
export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** The keys at which two documents differ, in the order of the first. */
export function differencesOf(before: Values, after: Values): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => !isSame(before[key], after[key]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** What two people made of one document. */
export interface Conflict {
  /** As both saw it; empty where it is new. */
  base: Values;
  mine: Values;
  theirs: Values;
}

/** Mine, over what only the other has changed: nobody's change is lost but where both changed the same. */
export function mergeMine({ base, mine, theirs }: Conflict): Values {
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = isSame(mine[key], base[key]) ? theirs[key] : mine[key];
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** The keys that both have changed, to something else each. */
export function bothChanged({ base, mine, theirs }: Conflict): string[] {
  const theirChanges = differencesOf(base, theirs).map(({ field }) => field);
  return theirChanges.filter((key) => !isSame(mine[key], base[key]) && !isSame(mine[key], theirs[key]));
}
