import { compareValues, valueAt, type Fields } from './match-filter.ts';

/** Changes a document as the update says. `isInsert`: an upsert makes it in this moment. */
export function applyUpdate(document: Fields, update: Fields, { isInsert = false } = {}): void {
  for (const operator in update) {
    if (operator === '$setOnInsert' && !isInsert) continue;
    const fields = update[operator] as Fields;
    for (const path in fields) applyOperator(document, operator, [path, fields[path]]);
  }
}

function applyOperator(document: Fields, operator: string, [path, operand]: [string, unknown]): void {
  const value = valueAt(document, path);
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return setAt(document, path, copyOf(operand));
    case '$unset':
      return unsetAt(document, path);
    case '$rename':
      return renameAt(document, path, String(operand));
    case '$max':
    case '$min':
      return isFurther(operator, operand, value) ? setAt(document, path, operand) : undefined;
    case '$inc':
      return setAt(document, path, Number(value ?? 0) + Number(operand));
    case '$push':
      return setAt(document, path, [...((value as unknown[] | undefined) ?? []), copyOf(operand)]);
    default:
      throw new Error(`The simulated database knows no update ${operator}`);
  }
}

function renameAt(document: Fields, path: string, name: string): void {
  const value = valueAt(document, path);
  if (value === undefined) return;
  unsetAt(document, path);
  setAt(document, name, value);
}

function isFurther(operator: '$max' | '$min', operand: unknown, value: unknown): boolean {
  if (value === undefined) return true;
  return operator === '$max' ? compareValues(operand, value) > 0 : compareValues(operand, value) < 0;
}

function setAt(document: Fields, path: string, value: unknown): void {
  // The driver of this product leaves undefined fields out.
  if (value === undefined) return;
  if (!path.includes('.')) {
    document[path] = value;
    return;
  }
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let place = document;
  for (const step of steps) {
    if (typeof place[step] !== 'object' || place[step] === null) place[step] = {};
    place = place[step] as Fields;
  }
  place[last] = value;
}

function unsetAt(document: Fields, path: string): void {
  if (!path.includes('.')) {
    delete document[path];
    return;
  }
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let place: unknown = document;
  for (const step of steps) place = typeof place === 'object' && place !== null ? (place as Fields)[step] : undefined;
  if (typeof place === 'object' && place !== null) delete (place as Fields)[last];
}

/** A copy that shares nothing, so that nobody changes what is stored by changing what they wrote. */
export function copyOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => copyOf(item)) as Value;
  const copy: Fields = {};
  for (const key in value) {
    const field = (value as Fields)[key];
    if (field !== undefined) copy[key] = copyOf(field);
  }
  return copy as Value;
}
