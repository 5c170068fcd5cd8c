import type { User } from './configuration-items.ts';
import type { Codec } from './natural-key-repository.ts';

/** A user at rest; `id` and `createdAt` are absent in what was stored before there were ids. Skills are a list, because their names may hold dots and dollars. */
export interface StoredUser extends Omit<User, 'id' | 'createdAt' | 'username' | 'skills'> {
  _id: string;
  id?: string;
  createdAt?: number;
  skills: { name: string; level: number }[];
}

export const userCodec: Codec<User, StoredUser> = {
  toDocument: ({ username, skills, ...user }) => ({
    ...user,
    _id: username,
    skills: Object.entries(skills).map(([name, level]) => ({ name, level })),
  }),
  toItem: ({ _id: username, id = username, createdAt = 0, skills, ...user }) => ({
    ...user,
    id,
    createdAt,
    username,
    skills: Object.fromEntries(skills.map(({ name, level }) => [name, level])),
  }),
};
