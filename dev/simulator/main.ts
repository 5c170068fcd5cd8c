/** The simulator process: a stand-in for Messenger on 127.0.0.1. It keeps what happened in `<data>/simulator/`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import closeWithGrace from 'close-with-grace';
import { createLogger } from '../../adapters/logger.ts';
import { buildSimulator } from './build-simulator.ts';
import { openFileJournal } from './journal.ts';

const SHUTDOWN_MS = 5000;

const { ATTENDANT_SIMULATOR_PORT = '0', ATTENDANT_DATA_DIR = '.attendant', LOG_LEVEL = 'info' } = process.env;
const logger = createLogger({ level: LOG_LEVEL, processName: 'simulator' });
const folder = path.join(ATTENDANT_DATA_DIR, 'simulator');
await mkdir(folder, { recursive: true });
const app = buildSimulator({
  opened: await openFileJournal(path.join(folder, 'journal.jsonl')),
  logger,
  consoleDir: path.join(import.meta.dirname, '..', '..', 'console'),
  filesDir: path.join(folder, 'files'),
});

const closing = closeWithGrace({ delay: SHUTDOWN_MS, logger: false }, async ({ err }) => {
  if (err) logger.fatal({ err }, 'simulator stops after an error nobody caught');
  await app.close();
});
// The supervisor of `npm start` is gone: nobody would stop this process any more.
process.once('disconnect', () => closing.close());

await app.listen({ port: Number(ATTENDANT_SIMULATOR_PORT), host: '127.0.0.1' });
const address = app.server.address();
const port = typeof address === 'object' && address !== null ? address.port : Number(ATTENDANT_SIMULATOR_PORT);
process.send?.({ type: 'ready', port });
logger.info({ port }, 'simulator listens');
