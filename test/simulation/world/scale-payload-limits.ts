import { PAYLOAD_LIMITS } from '../../../contracts/payload-limits.ts';

const real = { ...PAYLOAD_LIMITS };

/**
 * What a state holds that is bounded by count does not get smaller with the limits: 500 keys of messages, of some ten bytes each here
 * and a thirtieth of the real limit there.
 */
const COUNTED_BYTES = 5000;

/** How large a state may be in a world of this scale that may have `bytes` in a real one. */
export function scaledStateBytes(bytes: number, scale: number): number {
  return bytes * scale + (scale < 1 ? COUNTED_BYTES : 0);
}

/**
 * Makes the limits that our actors keep as much smaller as those of the world's server are. The code of older workers has
 * limits of its own.
 */
export function scalePayloadLimits(scale: number): void {
  const limits: Record<string, number> = PAYLOAD_LIMITS;
  for (const [name, bytes] of Object.entries(real)) limits[name] = bytes * scale;
}
