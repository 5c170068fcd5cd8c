import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files that customers and Pages have sent: in a folder, or in memory where there is none. */
export class SimulatedFiles {
  readonly #folder: string | undefined;
  readonly #kept = new Map<string, Buffer>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  async put(id: string, bytes: Buffer): Promise<void> {
    if (this.#folder === undefined) {
      this.#kept.set(id, bytes);
      return;
    }
    await mkdir(this.#folder, { recursive: true });
    await writeFile(path.join(this.#folder, id), bytes);
  }

  /** @param id letters, digits, `-` and `_` */
  async find(id: string): Promise<Buffer | undefined> {
    if (this.#folder === undefined) return this.#kept.get(id);
    return readFile(path.join(this.#folder, id)).catch(() => undefined);
  }
}

/** What a browser may show of a file; anything else is only saved. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
};

/** The type that the end of a name says. */
export function typeOfName(name: string): string {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** A name that may stand in an address: Messenger's own say little more. */
export function plainName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').slice(-100) || 'file';
}
