import { rename, stat } from 'node:fs/promises';

const MAX_BYTES = 50 * 1024 * 1024;

/** Sets a log over 50 MB aside as `<file>.1`, in place of the one before. */
export async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    ({ size: bytes }) => bytes,
    () => 0,
  );
  if (size > MAX_BYTES) await rename(file, `${file}.1`);
}
