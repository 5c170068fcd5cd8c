/** Units of durations as files write them, the shortest first. */
export const UNITS = ['s', 'm', 'h', 'd'] as const;
export type Unit = (typeof UNITS)[number];

/** `10m` in its two halves; what is written otherwise has no number. */
export function splitDuration(written: string): { amount: string; unit: Unit } {
  const [, amount = '', unit] = /^(\d+)([smhd])$/.exec(written) ?? [];
  return { amount, unit: (unit as Unit | undefined) ?? 'm' };
}

/** Undefined where there is no number: nothing is said then. */
export function joinDuration(amount: string, unit: Unit): string | undefined {
  const digits = amount.replaceAll(/\D/g, '');
  return digits === '' ? undefined : `${Number(digits)}${unit}`;
}
