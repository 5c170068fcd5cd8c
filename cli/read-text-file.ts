import { readFile } from 'node:fs/promises';
import type { FileProblem } from './commands/apply/file-problem.ts';

const LINE_END = 0x0a;
const REMEDY = 'Save the file as UTF-8 in your editor.';

/**
 * Reads a text file that somebody wrote. Bytes that are no UTF-8 are a problem with their place: read all the same they would
 * reach customers as other letters. A byte order mark of UTF-8 is left out.
 */
export async function readTextFile(
  file: string,
): Promise<{ text: string } | { problem: FileProblem; isMissing: boolean }> {
  const bytes = await readFile(file).catch((error: unknown) => codeOf(error));
  if (typeof bytes === 'string') {
    const message = unreadable[bytes] ?? 'cannot be read: is the path right?';
    return { problem: { file, message }, isMissing: bytes === 'ENOENT' };
  }
  const text = isUtf16(bytes) ? undefined : decode(bytes);
  // Lines that end in CR alone, as on old machines, end as others do.
  return text === undefined
    ? { problem: findProblem(file, bytes), isMissing: false }
    : { text: text.replace(/\r(?!\n)/g, '\n') };
}

const unreadable: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder: name a file in it',
  EACCES: 'may not be read by you: look at its owner and permissions',
  ELOOP: 'is a link that leads back to itself',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** With a byte order mark, or every other byte of its beginning zero, as Latin letters are. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length > 1 && (first === 0) !== (second === 0);
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function findProblem(file: string, bytes: Buffer): FileProblem {
  if (isUtf16(bytes)) {
    return { file, line: 1, column: 1, message: 'is UTF-16 ("Unicode"), not UTF-8', remedy: REMEDY };
  }
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found < 0 ? bytes.length : found;
    const written = bytes.subarray(start, end);
    if (decode(written) === undefined) {
      const column = written.toString('utf8').indexOf('\uFFFD') + 1;
      return { file, line, column, message: 'is not UTF-8: here stands no character of it', remedy: REMEDY };
    }
    start = end + 1;
  }
  return { file, message: 'is not UTF-8', remedy: REMEDY };
}
