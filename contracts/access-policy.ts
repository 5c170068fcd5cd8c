import type { Role } from './configuration-schema.ts';

/** Who may call a route. `public`: anybody, without a log-in. */
export type AccessPolicy = 'public' | readonly Role[];

/** The policies there are, by what they are for. */
export const access = {
  public: 'public',
  anybody: ['agent', 'supervisor', 'admin'],
  /** Those whom chats are offered to. */
  desk: ['agent', 'supervisor'],
  supervisor: ['supervisor'],
  overview: ['supervisor', 'admin'],
  admin: ['admin'],
} as const satisfies Record<string, AccessPolicy>;
