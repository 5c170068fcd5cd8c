import { constants, platform, setPriority } from 'node:os';

/**
 * Lets threads of usual priority go first. In Linux niceness belongs to the thread that asks; elsewhere it would slow the
 * whole process down, so nothing is done there.
 */
export function yieldProcessor(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
}
