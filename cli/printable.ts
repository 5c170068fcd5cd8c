/** What a terminal obeys; tabs and line ends are text. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const COMMANDS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\r(?!\n)/g;

/**
 * Shows what commands a terminal, as JSON writes it: what customers wrote, and what others named, is printed, and may
 * neither clear the screen nor hide what stands before it. In JSON it stays what it was.
 */
export function printable(text: string): string {
  return text.replaceAll(COMMANDS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
