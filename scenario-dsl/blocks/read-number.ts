/** What a field holds that may be a number or a text that becomes one; undefined where it does not read as a number. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : undefined;
}
