import { fillTemplate, getTemplate } from '../expression/template.ts';
import type { Variables } from '../expression/variables.ts';

/** `.` and `..` as segments of a path, however a URL parser reads them. */
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/**
 * Parses an address with `$(…)` once. What a variable puts in is percent-encoded, so that no customer's text changes where
 * the address leads; only at its very beginning a variable is taken as it is: `$(base)/orders/$(order)`.
 * Gives undefined where a variable makes a segment `.` or `..`, which no encoding takes from a path.
 */
export function compileUrl(url: string): (variables: Variables) => string | undefined {
  const parts = getTemplate(url);
  const ownDots = countDotSegments(parts.map((part) => (typeof part === 'string' ? part : 'x')).join(''));
  return (variables) => {
    const filled = parts.map((part, index) => {
      if (typeof part === 'string') return part;
      const text = fillTemplate([part], variables);
      return index === 0 ? text : encode(text);
    });
    const [base = '', ...rest] = filled;
    const checked = typeof parts[0] === 'string' ? filled.join('') : `${base === '' ? '' : 'x'}${rest.join('')}`;
    return countDotSegments(checked) > ownDots ? undefined : filled.join('');
  };
}

function countDotSegments(url: string): number {
  const [path = ''] = url.split(/[?#]/, 1);
  return path.split('/').filter((segment) => DOT_SEGMENT.test(segment)).length;
}

/** True where scheme, host and port stand in the address as written, so that no variable chooses who is called. */
export function hasFixedOrigin(url: string): boolean {
  return /^https?:\/\/[^/?#$@]+(?:[/?#]|$)/i.test(url);
}

/** True for an address that begins with https, or with a variable: what that holds is checked when it is known. */
export function canBeHttps(url: string): boolean {
  return url.startsWith('$(') || isHttps(url);
}

/** True for an address that begins with https. */
export function isHttps(url: string): boolean {
  return /^https:\/\//i.test(url);
}

/** The parameters as a query, behind one that the address has already. */
export function withQuery(url: string, params: Readonly<Record<string, string>>): string {
  const query = Object.entries(params).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  if (query.length === 0) return url;
  const [address = '', ...fragment] = url.split('#');
  const joined = `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`;
  return [joined, ...fragment].join('#');
}

/** Half of a character, which encoding refuses, becomes a question mark. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'));
}
