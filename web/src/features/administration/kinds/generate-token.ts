const BYTES = 18;

/** A random verify token: letters, digits, `-` and `_`. */
export function generateToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
