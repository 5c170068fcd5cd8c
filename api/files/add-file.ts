import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import { mediaTypeOf, refuseSize, type MediaFile } from '../../contracts/media-file.ts';
import type { AppDependencies } from '../dependencies.ts';

type FileDependencies = Pick<AppDependencies, 'media' | 'fileStore' | 'store' | 'now' | 'logger'>;

/** What has no mark of its own among its first bytes is what its name says; nothing here is run or shown by us. */
const TYPES_BY_ENDING: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  json: 'application/json',
};

/** Id of a file of our own: of the same length as that of a copy, and the same for the same bytes. */
function mediaIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/**
 * Keeps a file for scenarios and agents to send. Added again it changes nothing but its name.
 * @throws AppError REQUEST_INVALID for what Messenger does not take
 */
export async function addFile(
  deps: FileDependencies,
  { fileName, bytes, by }: { fileName: string; bytes: Uint8Array; by: string },
): Promise<MediaFile> {
  const contentType = await contentTypeOf(fileName, bytes);
  const type = mediaTypeOf(contentType);
  const refusal = refuseSize(type, bytes.length);
  if (refusal)
    throw new AppError('REQUEST_INVALID', { message: refusal.message, details: [{ path: 'body', ...refusal }] });
  const id = mediaIdOf(bytes);
  const file = { id, fileName, contentType, type, bytes: bytes.length, addedAt: deps.now(), addedBy: by };
  await deps.fileStore.put(id, bytes);
  await deps.media.put(file);
  deps.logger.info({ fileId: id, bytes: bytes.length, by }, 'file added');
  return file;
}

async function contentTypeOf(fileName: string, bytes: Uint8Array): Promise<string> {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return (await fileTypeFromBuffer(bytes))?.mime ?? TYPES_BY_ENDING[ending] ?? 'application/octet-stream';
}

/**
 * Removes a file: the bytes first, so that nothing is left that nobody knows of.
 * @throws AppError NOT_FOUND; STILL_IN_USE naming the scenarios in force that send it
 */
export async function removeFile(deps: FileDependencies, id: string): Promise<void> {
  if (!(await deps.media.find(id))) throw new AppError('NOT_FOUND', { message: `There is no file "${id}".` });
  const details = await findUses(deps, id);
  if (details.length > 0) throw new AppError('STILL_IN_USE', { details });
  await deps.fileStore.delete(id);
  await deps.media.delete(id);
  deps.logger.info({ fileId: id }, 'file removed');
}

/** Scenarios that new conversations take, published or pinned, whose text has the id. */
async function findUses({ store }: FileDependencies, id: string): Promise<InputProblem[]> {
  const stored = await loadConfiguration(store);
  const versions = new Map(stored.scenarioHeads().map(({ name, version }) => [version, name]));
  for (const { scenario, pinnedVersion } of stored.entries()) {
    if (pinnedVersion !== undefined) versions.set(pinnedVersion, scenario);
  }
  const uses: InputProblem[] = [];
  for (const [version, name] of versions) {
    const found = await store.scenarios.findSource(version);
    if (!found?.source.includes(id)) continue;
    const remedy = `Publish "${name}" without it first.`;
    uses.push({ path: `scenarios.${name}`, message: `is sent by scenario "${name}"`, remedy });
  }
  return uses;
}
