import type { Privilege } from './privileges.ts';

/** Who may call a route: `public` everybody, `anybody` whoever is logged in, else whoever has one of the privileges. */
export type AccessPolicy = 'public' | 'anybody' | readonly [Privilege, ...Privilege[]];

/** The policies that many rows share. */
export const access = {
  public: 'public',
  anybody: 'anybody',
  /** Chats at all; which of them, the api says for each caller. */
  chats: ['answer-chats', 'see-team-chats', 'see-all-chats'],
} as const satisfies Record<string, AccessPolicy>;
