/** A document, a filter or an update, as the driver takes them. */
export type Fields = Record<string, unknown>;

/** Whether a document meets a filter; of the operators those that our repositories use. @throws Error for another one */
export function matchesFilter(document: Fields, filter: Fields): boolean {
  for (const path in filter) {
    const wanted = filter[path];
    if (path === '$or') {
      if (!(wanted as Fields[]).some((option) => matchesFilter(document, option))) return false;
    } else if (path === '$and') {
      if (!(wanted as Fields[]).every((option) => matchesFilter(document, option))) return false;
    } else if (!matchesValue(valueAt(document, path), wanted)) return false;
  }
  return true;
}

function matchesValue(value: unknown, wanted: unknown): boolean {
  if (!isOperators(wanted)) return isSame(value, wanted);
  for (const operator in wanted) if (!matchesOperator(value, operator, wanted[operator])) return false;
  return true;
}

function isOperators(wanted: unknown): wanted is Fields {
  if (typeof wanted !== 'object' || wanted === null || wanted instanceof Date || Array.isArray(wanted)) return false;
  for (const key in wanted) if (key.startsWith('$')) return true;
  return false;
}

function matchesOperator(value: unknown, operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$exists':
      return (value !== undefined) === operand;
    case '$ne':
      return !isSame(value, operand);
    case '$in':
      return (operand as unknown[]).some((option) => isSame(value, option));
    case '$nin':
      return !(operand as unknown[]).some((option) => isSame(value, option));
    default:
      return matchesOrder(value, operator, operand);
  }
}

function matchesOrder(value: unknown, operator: string, operand: unknown): boolean {
  if (value === undefined || value === null) return false;
  const order = compareValues(value, operand);
  switch (operator) {
    case '$lt':
      return order < 0;
    case '$lte':
      return order <= 0;
    case '$gt':
      return order > 0;
    case '$gte':
      return order >= 0;
    default:
      throw new Error(`The simulated database knows no operator ${operator}`);
  }
}

/** As MongoDB: an array matches where one of its items does, nothing matches null. */
function isSame(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value) && !Array.isArray(wanted)) return value.some((item) => isSame(item, wanted));
  if (wanted === null) return value === undefined || value === null;
  if (value instanceof Date && wanted instanceof Date) return value.getTime() === wanted.getTime();
  if (typeof value === 'object' && value !== null) return JSON.stringify(value) === JSON.stringify(wanted);
  return value === wanted;
}

/** Order of two values of one kind. */
export function compareValues(a: unknown, b: unknown): number {
  const [left, right] = [sortable(a), sortable(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function sortable(value: unknown): number | string {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  return '';
}

/** The value under a dotted path; undefined where there is none. */
export function valueAt(document: Fields, path: string): unknown {
  if (!path.includes('.')) return document[path];
  let value: unknown = document;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Fields)[step];
  }
  return value;
}
