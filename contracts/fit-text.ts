import { truncateText } from './split-text.ts';

/** What was left out of a message or cut, and why; in words for people. */
export type Notes = string[];

export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Whole characters, at most so many UTF-16 units: half a surrogate pair is U+FFFD, and none is made by cutting. */
export function toSendable(text: string, limit: number, notes: Notes = []): string {
  const whole = text.toWellFormed();
  if (whole.length > limit) notes.push(`what is over ${limit} characters of a text`);
  return truncateText(whole, limit);
}

/** A web address as Messenger takes it, spaces in it encoded; undefined where it is none. */
export function toAddress(text: string): string | undefined {
  const address = text.toWellFormed().trim().replaceAll(/\s/g, '%20');
  return /^https?:\/\/[^/?#%]/i.test(address) ? address : undefined;
}
