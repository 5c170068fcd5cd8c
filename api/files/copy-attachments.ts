import { fileTypeFromBuffer } from 'file-type';
import type { GuardedResponse } from '../../adapters/guarded-fetch.ts';
import type { AttachmentFile } from '../../adapters/mongo/files-repository.ts';
import type { AppDependencies } from '../dependencies.ts';

/** How often a process looks for copies to be made. */
export const COPY_TICK_MS = 1000;
/** Messenger's own bound for attachments. Source: Messenger Platform, attachment upload. */
const MAX_BYTES = 25 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 60_000;
const CLAIM_MS = 120_000;
/** Workers of one process. */
export const COPIES_AT_ONCE = 3;
const DAY_MS = 24 * 60 * 60_000;
const OVER_QUOTA = 'more than is copied of one customer in a day';
const RETRY_AFTER_MS = [10_000, 60_000, 600_000, 3_600_000];
/** Where Meta keeps attachments. Source: shared research on Messenger media: scontent….fbcdn.net, lookaside.fbsbx.com. */
const META_HOSTS = ['fbcdn.net', 'fbsbx.com'];

type CopyDependencies = Pick<
  AppDependencies,
  'files' | 'fileStore' | 'guardedFetch' | 'live' | 'settings' | 'logger' | 'now'
>;

/**
 * Makes the copies that are due, customer by customer in turn, one at a time of each, so that nobody's thousand pictures
 * keep another's one waiting. A process that dies over one leaves it to the next; a copy that cannot be made is tried
 * four times more, and the customer's message keeps Meta's address.
 */
export function createCopier(deps: CopyDependencies): {
  /** One worker's pass, until it is nobody's turn; any number may run at once. */
  work(): Promise<void>;
} {
  const turns = createTurns(deps);
  return {
    async work() {
      for (let turn = await turns.next(); turn; turn = await turns.next()) {
        const { customer, file } = turn;
        await copyOne(deps, customer, file).finally(() => turns.end(customer));
      }
    },
  };
}

interface Turn {
  customer: string;
  file: AttachmentFile;
}

/** Whose turn it is: everybody once before anybody again. */
function createTurns({ files, now }: CopyDependencies): {
  next(): Promise<Turn | undefined>;
  end(customer: string): void;
} {
  const busy = new Set<string>();
  let round: string[] = [];

  async function nextCustomer(): Promise<string | undefined> {
    if (!round.some((customer) => !busy.has(customer))) round = await files.listDueCustomers(now());
    const customer = round.find((each) => !busy.has(each));
    round = round.filter((each) => each !== customer);
    return customer;
  }

  return {
    async next() {
      for (let customer = await nextCustomer(); customer !== undefined; customer = await nextCustomer()) {
        busy.add(customer);
        const file = await files.claim(customer, now(), now() + CLAIM_MS);
        if (file) return { customer, file };
        busy.delete(customer);
      }
      return undefined;
    },
    end: (customer) => void busy.delete(customer),
  };
}

async function copyOne(deps: CopyDependencies, customer: string, file: AttachmentFile): Promise<void> {
  const room = await findRoom(deps, customer);
  if (room === 0) {
    deps.logger.warn({ pageId: file.pageId }, 'no more copies of a customer’s attachments today');
    return deps.files.refuseWaiting(customer, OVER_QUOTA);
  }
  const { simulatorUrl } = deps.settings;
  const onlyHosts = simulatorUrl === undefined ? META_HOSTS : [...META_HOSTS, new URL(simulatorUrl).hostname];
  const maxBytes = Math.min(MAX_BYTES, room);
  const result = await deps.guardedFetch(file.sourceUrl, { onlyHosts, maxBytes, timeoutMs: FETCH_TIMEOUT_MS });
  if (result.outcome === 'refused') return giveUp(deps, file, `refused: ${result.reason}`);
  if (result.outcome !== 'answered') return tryLater(deps, file, result.reason);
  if (result.isTruncated) return giveUp(deps, file, maxBytes < MAX_BYTES ? OVER_QUOTA : 'larger than 25 MB');
  if (result.status >= 500 || result.status === 429) return tryLater(deps, file, `answered ${result.status}`);
  if (result.status !== 200) return giveUp(deps, file, `answered ${result.status}`);
  await store(deps, file, result);
}

/** How many bytes of this customer's may still be stored; 0 also where there are too many files of theirs. */
async function findRoom({ files, settings, now }: CopyDependencies, customer: string): Promise<number> {
  const used = await files.countStored(customer, now() - DAY_MS);
  const { bytes, files: count } = settings.attachmentQuota;
  return used.files >= count ? 0 : Math.max(0, bytes - used.bytes);
}

async function store(deps: CopyDependencies, file: AttachmentFile, result: GuardedResponse): Promise<void> {
  const contentType = await typeOf(result);
  if (!fits(file.type, contentType)) return giveUp(deps, file, `is ${contentType}, not what its type says`);
  const { bytes } = result;
  try {
    await deps.fileStore.put(file.id, bytes);
  } catch (error) {
    deps.logger.error({ err: error, fileId: file.id }, 'the file store does not take an attachment');
    return tryLater(deps, file, 'the file store does not take it');
  }
  const fileName = fileNameOf(file, contentType);
  const stored = { contentType, fileName, bytes: bytes.length, storedAt: deps.now() };
  // Nothing would know of these bytes: no erasure would find them, and no end of their days.
  if (!(await deps.files.markStored(file.id, stored))) return deps.fileStore.delete(file.id);
  await tellSettled(deps, file);
}

/** Whoever looks at the message sees the copy, or that there is none, without asking again. */
function tellSettled({ live }: CopyDependencies, { messageId }: AttachmentFile): Promise<void> {
  return live.tell([{ type: 'message.changed', message: { messageId } }]);
}

async function tryLater(deps: CopyDependencies, file: AttachmentFile, reason: string): Promise<void> {
  const wait = RETRY_AFTER_MS[file.attempts - 1];
  if (wait === undefined) return giveUp(deps, file, reason);
  await deps.files.markFailed(file.id, reason, deps.now() + wait);
}

async function giveUp(deps: CopyDependencies, file: AttachmentFile, reason: string): Promise<void> {
  deps.logger.warn({ fileId: file.id, pageId: file.pageId, reason }, 'no copy of an attachment');
  await deps.files.markFailed(file.id, reason);
  await tellSettled(deps, file);
}

/** What the bytes are; the header is believed for plain text only, which has no mark of its own. */
async function typeOf({ bytes, contentType }: GuardedResponse): Promise<string> {
  const sniffed = await fileTypeFromBuffer(bytes);
  if (sniffed) return sniffed.mime;
  return ['text/plain', 'text/csv'].includes(contentType) ? contentType : 'application/octet-stream';
}

/** An error page in place of a picture is none. Audio and video share their containers. */
function fits(type: string, contentType: string): boolean {
  if (type === 'image' || type === 'sticker') return contentType.startsWith('image/');
  if (type === 'audio' || type === 'video') return /^(?:audio|video)\/|^application\/ogg$/.test(contentType);
  return true;
}

function fileNameOf({ id, type, sourceUrl }: AttachmentFile, contentType: string): string {
  const last = URL.canParse(sourceUrl) ? (new URL(sourceUrl).pathname.split('/').at(-1) ?? '') : '';
  const plain = last.replaceAll(/[^\w.-]/g, '_').slice(-100);
  return /\.\w{1,8}$/.test(plain) ? plain : `${type}-${id.slice(0, 8)}.${extensionOf(contentType)}`;
}

const extensionOf = (contentType: string): string =>
  ({ 'image/jpeg': 'jpg', 'audio/mpeg': 'mp3', 'text/plain': 'txt', 'application/octet-stream': 'bin' })[contentType] ??
  contentType.split('/').at(-1)?.replaceAll(/\W/g, '') ??
  'bin';
