/** Plain JSON, as a scenario's source holds it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** How a scalar that is replaced was written; JSON takes double quotes only. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** A value on one line: a YAML flow map or list, which may stand wherever a value may; in JSON as JSON. */
export function renderValue(value: JsonValue, isJson: boolean, style: ScalarStyle = 'plain'): string {
  if (isJson) return JSON.stringify(value);
  if (typeof value === 'string') return renderText(value, style);
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => renderValue(item, false)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${renderKey(key, false)}: ${renderValue(inner, false)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export function renderKey(key: string, isJson: boolean): string {
  return !isJson && isPlain(key) ? key : JSON.stringify(key);
}

function renderText(text: string, style: ScalarStyle): string {
  if (style === 'plain' && isPlain(text)) return text;
  // A single-quoted text cannot hold line ends or control characters as they are.
  if (style !== 'double' && /^[\u0020-\u007E\u00A1-\uD7FF]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Words that nobody could take for anything but text, in a flow map either. */
function isPlain(text: string): boolean {
  return /^[A-Za-z][\w-]*(?: [\w-]+)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
}
