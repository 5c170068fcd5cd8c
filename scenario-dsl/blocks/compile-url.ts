import { fillTemplate, getTemplate } from '../expression/template.ts';
import type { Variables } from '../expression/variables.ts';

/**
 * Parses an address with `$(…)` once. What a variable puts in is percent-encoded, so that no customer's text changes where
 * the address leads; only at its very beginning a variable is taken as it is: `$(base)/orders/$(order)`.
 */
export function compileUrl(url: string): (variables: Variables) => string {
  const parts = getTemplate(url);
  return (variables) =>
    parts
      .map((part, index) => {
        if (typeof part === 'string') return part;
        const text = fillTemplate([part], variables);
        return index === 0 ? text : encode(text);
      })
      .join('');
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
