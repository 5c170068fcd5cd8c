import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { HttpClient } from '../../contracts/http-client.ts';
import { refuseSize } from '../../contracts/media-file.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { withApi } from '../with-api.ts';

/** Puts files into the storage of a running Attendant, for scenarios to send by their ids. */
export const filesCommand: Command = {
  name: 'files',
  summary: 'add, list and remove the pictures, videos and documents that scenarios send',
  usage: 'attendant files [list | add <file>... | remove <id>...]',
  help: `add prints the id that attachments[].file of Send Message takes; the same file has the same id everywhere.
Messenger takes pictures (PNG, JPEG, GIF, WebP) up to 8 MB and videos, sounds and other files up to 25 MB.
remove refuses a file that a scenario in force names.`,
  run: async (args, io) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [action = 'list', ...rest] = positionals;
    return withApi(io, async (call) => {
      if (action === 'list' && rest.length === 0) return await list(call, io);
      if (action === 'add' && rest.length > 0) return await forEach(rest, (file) => add(call, io, file));
      if (action === 'remove' && rest.length > 0) return await forEach(rest, (id) => remove(call, io, id));
      throw new UsageError('Say what to do with which files.');
    });
  },
};

/** The exit code: 1 where one of them failed; the others are done all the same. */
async function forEach(items: readonly string[], act: (item: string) => Promise<boolean>): Promise<number> {
  let failures = 0;
  for (const item of items) failures += (await act(item)) ? 0 : 1;
  return failures > 0 ? 1 : 0;
}

async function list(call: HttpClient, { print, printError }: CommandIo): Promise<number> {
  const response = await call('GET /api/v1/files');
  if (!response.ok) {
    printError(response.error.message);
    return 1;
  }
  const { items } = response.body;
  for (const { id, type, bytes, addedAt, fileName } of items) {
    print(`${id}  ${type.padEnd(5)}  ${String(bytes).padStart(8)} bytes  ${addedAt}  ${fileName}`);
  }
  print(items.length === 0 ? 'No files: attendant files add <file>.' : `${items.length} files`);
  return 0;
}

async function add(call: HttpClient, { print, printError }: CommandIo, file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    printError(`${file}: ${found ? 'is no file.' : 'cannot be read: is the path right?'}`);
    return false;
  }
  // Whether it is a picture only its bytes tell: the api asks again.
  const refusal = refuseSize('file', found.size);
  if (refusal) {
    printError(`${file}: ${refusal.message} ${refusal.remedy}`);
    return false;
  }
  const response = await call('POST /api/v1/files', {
    query: { fileName: path.basename(file) },
    body: new Uint8Array(await readFile(file)),
  });
  if (!response.ok) {
    const [detail] = response.error.details;
    printError(`${file}: ${response.error.message}${detail?.remedy === undefined ? '' : ` ${detail.remedy}`}`);
    return false;
  }
  const { id, type } = response.body;
  print(`${id}  ${file}`);
  print(`  attachments: [{ type: ${type}, file: "${id}" }]`);
  return true;
}

async function remove(call: HttpClient, { print, printError }: CommandIo, id: string): Promise<boolean> {
  const response = await call('DELETE /api/v1/files/:id', { params: { id } });
  if (response.ok) {
    print(`removed  ${id}`);
    return true;
  }
  printError(`${id}: ${response.error.message}`);
  for (const { message, remedy = '' } of response.error.details) printError(`  ${message}. ${remedy}`);
  return false;
}
