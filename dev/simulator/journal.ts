import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import type { SimulatorRecord } from './simulator-record.ts';

/** Where records are kept. `flush` waits until all appended ones are written. */
export interface Journal {
  append: (record: SimulatorRecord) => void;
  flush: () => Promise<void>;
  close: () => Promise<void>;
}

export interface OpenedJournal {
  journal: Journal;
  /** What an earlier run left. */
  records: SimulatorRecord[];
}

/** The file holds app secrets and tokens of the simulated Pages. */
const OWNER_ONLY = 0o600;

/**
 * Opens the journal file, one JSON record a line, without the webhooks that have arrived and what was before a reset.
 * A torn last line is dropped.
 */
export async function openFileJournal(file: string): Promise<OpenedJournal> {
  const records = withoutArrived(sinceReset(await readRecords(file)));
  await writeFile(`${file}.new`, records.map(toLine).join(''), { mode: OWNER_ONLY });
  await rename(`${file}.new`, file);
  return { records, journal: createFileJournal(await open(file, 'a', OWNER_ONLY)) };
}

/** A journal that keeps nothing, for tests that need no second run. */
export function createEmptyJournal(): OpenedJournal {
  return { records: [], journal: { append: () => undefined, flush: deliverAtOnce, close: deliverAtOnce } };
}

function deliverAtOnce(): Promise<void> {
  return Promise.resolve();
}

function createFileJournal(handle: FileHandle): Journal {
  let waiting: string[] = [];
  let writing = Promise.resolve();
  const writeWaiting = async (): Promise<void> => {
    const lines = waiting.join('');
    waiting = [];
    if (lines !== '') await handle.appendFile(lines);
  };
  const flush = (): Promise<void> => {
    writing = writing.then(writeWaiting);
    return writing;
  };
  return {
    append: (record) => {
      waiting.push(toLine(record));
    },
    flush,
    close: async () => {
      await flush();
      await handle.close();
    },
  };
}

async function readRecords(file: string): Promise<SimulatorRecord[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete.split('\n').flatMap((line): SimulatorRecord[] => (line === '' ? [] : [JSON.parse(line)]));
}

/** A reset forgets all but Pages and customers. */
function sinceReset(records: SimulatorRecord[]): SimulatorRecord[] {
  const last = records.findLastIndex(({ type }) => type === 'reset');
  return records.filter(({ type }, index) => index > last || type === 'page' || type === 'customer');
}

function withoutArrived(records: SimulatorRecord[]): SimulatorRecord[] {
  const arrived = new Set(records.flatMap((record) => (record.type === 'delivered' ? record.ids : [])));
  return records.filter((record) => {
    if (record.type === 'queued') return !arrived.has(record.queued.id);
    return record.type !== 'delivered';
  });
}

function toLine(record: SimulatorRecord): string {
  return `${JSON.stringify(record)}\n`;
}
