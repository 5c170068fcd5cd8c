import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { storedConversationSchema, type StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { readTextFile } from '../../read-text-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { MaterialError, type BackTestMaterial } from './back-test-material.ts';

/** A file holds one conversation, or a list of them. */
const fileSchema = z.union([storedConversationSchema, z.array(storedConversationSchema)]);

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads conversations (`*.json`) and versions (`*.yaml`, known by the hash of their text) of a file or folder.
 * @throws MaterialError naming the file
 */
export async function readMaterial(given: string): Promise<BackTestMaterial> {
  const files = await listFiles(given);
  const conversations: StoredConversation[] = [];
  const sources = new Map<string, string>();
  for (const file of files) {
    const text = await readBounded(file);
    if (file.endsWith('.json')) conversations.push(...parseConversations(file, text));
    else sources.set(createHash('sha256').update(text).digest('hex'), text);
  }
  return { conversations, sources };
}

/** Writes them so that `readMaterial` finds them again. */
export async function saveMaterial(folder: string, { conversations, sources }: BackTestMaterial): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const conversation of conversations) {
    const name = `${encodeURIComponent(conversation.id)}.json`;
    // Customers' words: for the eyes of who made it.
    await writeFile(path.join(folder, name), `${JSON.stringify(conversation, null, 2)}\n`, { mode: 0o600 });
  }
  for (const [version, source] of sources) await writeFile(path.join(folder, `${version}.yaml`), source);
}

/** Versions may lie beside a file of conversations. */
async function listFiles(given: string): Promise<string[]> {
  const place = await stat(given).catch(() => undefined);
  if (!place) throw new MaterialError(`${given} cannot be read: is the path right?`);
  const folder = place.isDirectory() ? given : path.dirname(given);
  const names = (await readdir(folder)).toSorted();
  const isWanted = (name: string): boolean =>
    /\.ya?ml$/.test(name) || (place.isDirectory() ? name.endsWith('.json') : name === path.basename(given));
  return names.filter(isWanted).map((name) => path.join(folder, name));
}

async function readBounded(file: string): Promise<string> {
  if ((await stat(file)).size > MAX_FILE_BYTES) throw new MaterialError(`${file} is larger than 64 MB.`);
  const read = await readTextFile(file);
  if ('problem' in read) throw new MaterialError(formatFileProblem(read.problem));
  return read.text;
}

function parseConversations(file: string, text: string): StoredConversation[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MaterialError(`${file} is not JSON.`);
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  throw new MaterialError(`${file} holds no stored conversation: ${z.prettifyError(parsed.error).slice(0, 500)}`);
}
