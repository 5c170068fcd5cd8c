const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ö',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Å',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Î',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ö',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};

type Texts = { [key: string]: string | Texts };

/**
 * A language nobody speaks, for tests: letters with marks, a third longer, in brackets. A text that is not from the catalogue
 * shows, and so does one that is cut.
 */
export function toPseudo<Catalogue extends Texts>(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : toPseudo(value),
    ]),
  ) as Catalogue;
}

function pseudoText(text: string): string {
  // What i18next fills in, and the tags of rich texts, stay as they are.
  const parts = text.split(/(\{\{[^}]*\}\}|<[^>]*>)/);
  const accented = parts.map((part) =>
    /^[{<]/.test(part) ? part : part.replaceAll(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter),
  );
  return `[${accented.join('')}${'·'.repeat(Math.ceil(text.length / 3))}]`;
}
