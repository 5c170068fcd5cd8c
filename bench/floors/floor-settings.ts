import type { FloorName } from './floor-message.ts';
import type { FloorWake } from '../options.ts';

/** What a floor's process is told, as JSON in BENCH_FLOOR. */
export interface FloorSettings {
  floor: FloorName;
  temporalAddress: string;
  mongoUri: string;
  /** With version and Page: where messages are posted. */
  graphMessagesUrl: string;
  appSecret: string;
  wake: FloorWake;
}

/** Reads them. */
export function readFloorSettings(): FloorSettings {
  const given = process.env['BENCH_FLOOR'];
  if (given === undefined) throw new Error('BENCH_FLOOR is missing: floors are started by bench/run.ts');
  return JSON.parse(given) as FloorSettings;
}
