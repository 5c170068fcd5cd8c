import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { storedConversationSchema, type StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { readTextFile } from '../../read-text-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { MaterialError, type BackTestMaterial } from './back-test-material.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads conversations (`*.json`) and versions (`*.yaml`, known by the hash of their text) of a file or folder.
 * @throws MaterialError naming the file
 */
export async function readMaterial(given: string): Promise<BackTestMaterial> {
  const { conversations: files, versions } = await listFiles(given);
  const conversations: StoredConversation[] = [];
  for (const file of files) conversations.push(...parseConversations(file, await readBounded(file)));
  if (conversations.length === 0)
    throw new MaterialError(`${given} holds no conversation: keep some there with --save, as *.json.`);
  const sources = new Map<string, string>();
  for (const file of versions) {
    // What cannot be read is the text of no version; whose text is not there is told with the conversation.
    const text = await readBounded(file).catch(() => undefined);
    if (text !== undefined) sources.set(createHash('sha256').update(text).digest('hex'), text);
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

/** Versions may lie beside a file of conversations. What is no file, as a pipe into which nobody writes, is left out. */
async function listFiles(given: string): Promise<{ conversations: string[]; versions: string[] }> {
  const place = await stat(given).catch(() => undefined);
  if (!place) throw new MaterialError(`${given} cannot be read: is the path right?`);
  const folder = place.isDirectory() ? given : path.dirname(given);
  const named = (await readdir(folder)).toSorted().map((name) => path.join(folder, name));
  const files: string[] = [];
  for (const file of named) if (await isFile(file)) files.push(file);
  return {
    conversations: place.isDirectory() ? files.filter((file) => file.endsWith('.json')) : [given],
    versions: files.filter((file) => /\.ya?ml$/.test(file)),
  };
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true;
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
  // A file holds one conversation, or a list of them.
  return Array.isArray(value)
    ? value.map((each, index) => parseConversation(`${file}, conversation ${index + 1}`, each))
    : [parseConversation(file, value)];
}

function parseConversation(place: string, value: unknown): StoredConversation {
  const parsed = storedConversationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = z.prettifyError(parsed.error).replaceAll(/\s*✖ /g, '; ').replace(/^; /, '').replaceAll(/\s+/g, ' ');
  throw new MaterialError(
    `${place} is no stored conversation, as --save writes them: ${wrong.slice(0, 300)}. Move other files elsewhere.`,
  );
}
