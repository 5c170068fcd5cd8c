import type { User } from './configuration-items.ts';
import type { Codec } from './natural-key-repository.ts';

/** A user at rest: skills are a list, because their names may hold dots and dollars. */
export interface StoredUser extends Omit<User, 'username' | 'skills'> {
  _id: string;
  skills: { name: string; level: number }[];
}

export const userCodec: Codec<User, StoredUser> = {
  toDocument: ({ username, skills, ...user }) => ({
    ...user,
    _id: username,
    skills: Object.entries(skills).map(([name, level]) => ({ name, level })),
  }),
  toItem: ({ _id: username, skills, ...user }) => ({
    ...user,
    username,
    skills: Object.fromEntries(skills.map(({ name, level }) => [name, level])),
  }),
};
