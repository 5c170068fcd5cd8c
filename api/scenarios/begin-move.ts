import type { MoveRecord, MoveStart } from '../../contracts/scenario-move.ts';
import type { MoveView } from '../../contracts/scenario-move-schema.ts';
import type { AppDependencies } from '../dependencies.ts';

/**
 * Begins to move conversations, to its end whatever becomes of this process. An entry that names a version of its own keeps its
 * conversations there.
 */
export async function beginMove(
  { actors, configuration }: Pick<AppDependencies, 'actors' | 'configuration'>,
  move: Omit<MoveStart, 'exceptEntries'>,
): Promise<void> {
  await actors.startMove({ ...move, exceptEntries: listPinned(await configuration.get(), move.scenario) });
}

/** Entries of a scenario that name a version of their own. */
export function listPinned(
  stored: { entries(): { name: string; scenario: string; pinnedVersion?: string }[] },
  scenario: string,
): string[] {
  return stored
    .entries()
    .filter((entry) => entry.scenario === scenario && entry.pinnedVersion !== undefined)
    .map(({ name }) => name);
}

/** An operation as the API shows it. */
export function presentMove({ id, scenario, to, by, state, startedAt, endedAt, counts, busy }: MoveRecord): MoveView {
  return {
    id,
    scenario,
    version: 'undo' in to ? null : to.version,
    undoes: 'undo' in to ? to.undo : null,
    by,
    state,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    counts,
    busy,
  };
}

/** How an operation stands that has only just been asked for. */
export function presentBegun(move: Omit<MoveStart, 'exceptEntries'>, now: number): MoveView {
  return presentMove({ ...move, state: 'waiting', startedAt: now, counts: {}, busy: 0 });
}
