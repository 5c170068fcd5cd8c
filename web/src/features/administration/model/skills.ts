import { ofKind, type DocumentOf, type Item, type ItemOf } from '../data/items.ts';

/** Every skill that a service asks for or somebody has, in the order of the alphabet. */
export function listSkills(items: readonly Item[]): string[] {
  const ofServices = ofKind(items, 'service').flatMap(({ document }) => document.skills);
  const ofUsers = ofKind(items, 'user').flatMap(({ document }) => Object.keys(document.skills));
  return [...new Set([...ofServices, ...ofUsers])].toSorted((one, other) => one.localeCompare(other));
}

/** Whoever chats are offered to. */
export const listAgents = (items: readonly Item[]): ItemOf<'user'>[] =>
  ofKind(items, 'user').filter(({ document }) => document.role !== 'admin');

/** Levels that are to be other ones, by user name and skill; null takes a skill away. */
export type LevelChanges = Readonly<Record<string, Readonly<Record<string, number | null>> | undefined>>;

/** A user with other levels. */
export function withLevels(
  document: DocumentOf<'user'>,
  changes: Readonly<Record<string, number | null>>,
): DocumentOf<'user'> {
  const levels = Object.entries({ ...document.skills, ...changes }).filter(
    (level): level is [string, number] => level[1] !== null,
  );
  return { ...document, skills: Object.fromEntries(levels) };
}
