// What somebody wrote without what nobody sees. By fixed tables where there is a choice: the same in every process that replays
// a step. Case and normal forms are Unicode's own, which never change for a character that there is.

/** Zero-width spaces and joiners, marks of direction, soft hyphens, variation selectors, keycaps. */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F\u20E3\u034F]/gu;

const PICTURES = /[\p{Extended_Pictographic}\u{1F3FB}-\u{1F3FF}\u{1F1E6}-\u{1F1FF}]/gu;

/** Punctuation around a reply; what is inside stays, and so does the minus of a number. */
const BEFORE = /^[\s"'“”„‘’«»¡¿(]+/u;
const BEHIND = ' "\'“”„‘’«».,;:!?…。！？，、؟،।॥)';

/** One normal form, plain spaces and plain digits, and nothing that nobody sees. */
export function plainText(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text.trim();
  return text
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/\p{Nd}/gu, toDigit)
    .replaceAll('٫', '.')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** As `plainText`, without emoji and the punctuation around it; with them where there is nothing else. */
export function plainReply(text: string): string {
  const plain = plainText(text);
  const whole = plain.replaceAll(/\p{Extended_Pictographic}/gu, isDigitOrSign).replace(BEFORE, '');
  // From the end on: a pattern that looks for the end tries every place.
  let end = whole.length;
  while (end > 0 && BEHIND.includes(whole.charAt(end - 1))) end -= 1;
  return end === 0 ? plain : whole.slice(0, end);
}

/** Without a difference between large and small letters of any script: Straße is STRASSE, and İ is i. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll('i\u0307', 'i');
}

/** Digits and # are pictures to Unicode, because keycaps are made of them. */
function isDigitOrSign(picture: string): string {
  return /[\d#*]/.test(picture) ? picture : picture.replaceAll(PICTURES, '');
}

/** The digits of a script lie ten in a row, from 0: how far this one is from its zero. */
function toDigit(digit: string): string {
  if (digit >= '0' && digit <= '9') return digit;
  const code = digit.codePointAt(0) ?? 0;
  const zero = zeros.findLast((each) => each <= code && code < each + 10);
  return zero === undefined ? digit : String(code - zero);
}

/** Of Arabic, Persian, N'Ko, the scripts of India, Thai, Lao, Tibetan, Burmese, Khmer, Mongolian and others in use. */
const zeros: readonly number[] = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
  0xa9d0, 0xaa50, 0xabf0, 0xff10,
];

/** What two replies are compared by: letters of any size, no punctuation around them, no emoji, nothing that nobody sees. */
export function foldReply(text: string): string {
  return foldCase(plainReply(text));
}
