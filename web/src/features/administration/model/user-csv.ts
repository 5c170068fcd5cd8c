import type { DocumentOf, ItemOf } from '../data/items.ts';
import { readCsv, writeCsv } from './csv.ts';
import type { Values } from './values.ts';

const COLUMNS = ['username', 'name', 'role', 'slots', 'privileges', 'skills', 'password'] as const;
type ColumnName = (typeof COLUMNS)[number];

/** Users as a table that spreadsheets open: skills as `support 80; billing 60`, and never a password. */
export function writeUsers(users: readonly ItemOf<'user'>[]): string {
  return writeCsv([COLUMNS, ...users.map(({ document }) => writeUser(document))]);
}

function writeUser({ username, name = '', role, slots, privileges = [], skills }: DocumentOf<'user'>): string[] {
  const levels = Object.entries(skills).map(([skill, level]) => `${skill} ${level}`);
  return [username, name, role, slots === undefined ? '' : String(slots), privileges.join('; '), levels.join('; '), ''];
}

/** A line of the table as a document, or why it is none. */
export interface CsvUser {
  /** As people count lines; the head is the first. */
  line: number;
  document?: Values;
  problem?: CsvProblem;
}

type CsvProblem = { key: 'level'; cell: string } | { key: 'username' } | { key: 'slots'; cell: string };

export interface ReadUsers {
  users: CsvUser[];
  /** Columns of the head that are not known: nothing is read where there are any, or where `username` is missing. */
  unknown: string[];
  hasNoNames: boolean;
}

/** Reads a table of users. What a column leaves empty stays out of the document: it is as usual, or as it was for passwords. */
export function readUsers(text: string): ReadUsers {
  const [head = [], ...lines] = readCsv(text);
  const names = head.map((cell) => cell.trim().toLowerCase());
  const unknown = names.filter((name) => !COLUMNS.some((known) => known === name));
  const hasNoNames = !names.includes('username');
  if (unknown.length > 0 || hasNoNames) return { users: [], unknown, hasNoNames };
  const users = lines.map((cells, index): CsvUser => {
    const of = (column: ColumnName): string => cells[names.indexOf(column)]?.trim() ?? '';
    return { line: index + 2, ...readUser(of) };
  });
  return { users, unknown, hasNoNames };
}

function readUser(of: (column: ColumnName) => string): Omit<CsvUser, 'line'> {
  const skills: Record<string, number> = {};
  for (const cell of of('skills')
    .split(';')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const [, skill = '', level = ''] = /^(.*\S)\s+(\d{1,3})$/.exec(cell) ?? [];
    if (skill === '') return { problem: { key: 'level', cell } };
    skills[skill] = Number(level);
  }
  if (of('username') === '') return { problem: { key: 'username' } };
  if (!/^\d*$/.test(of('slots'))) return { problem: { key: 'slots', cell: of('slots') } };
  const privileges = of('privileges')
    .split(';')
    .map((each) => each.trim())
    .filter(Boolean);
  return {
    document: {
      kind: 'user',
      username: of('username'),
      role: of('role') || 'agent',
      skills,
      ...(of('name') !== '' && { name: of('name') }),
      ...(of('slots') !== '' && { slots: Number(of('slots')) }),
      ...(privileges.length > 0 && { privileges }),
      ...(of('password') !== '' && { password: of('password') }),
    },
  };
}
