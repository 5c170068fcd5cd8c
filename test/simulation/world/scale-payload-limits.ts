import { PAYLOAD_LIMITS } from '../../../contracts/payload-limits.ts';

const real = { ...PAYLOAD_LIMITS };

/**
 * Makes the limits that our actors keep as much smaller as those of the world's server are. The code of older workers has
 * limits of its own.
 */
export function scalePayloadLimits(scale: number): void {
  const limits: Record<string, number> = PAYLOAD_LIMITS;
  for (const [name, bytes] of Object.entries(real)) limits[name] = bytes * scale;
}
