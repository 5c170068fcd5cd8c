/** All that there is to be allowed, in the words of the field, each with what it lets one do. */
export const PRIVILEGES = {
  'answer-chats': 'Is offered chats, answers them and begins new ones.',
  'see-team-chats': 'Sees the chats of the teams that one supervises, of all where no team names one.',
  'see-all-chats': 'Sees every chat.',
  'see-contacts': 'Sees, edits, merges and blocks contacts.',
  'handle-cases': 'Sees, opens and changes cases.',
  'pick-from-queue': 'Takes a waiting chat out of the queue by hand.',
  'monitor-chats': "Monitors, coaches and joins others' chats, and takes them over.",
  'see-live-overview': 'Sees agents, services and queues as they are now.',
  'force-states': 'Changes the state of agents.',
  'manage-queue': 'Gives waiting chats to agents and another priority.',
  'read-records': 'Searches interaction records.',
  'export-records': 'Takes interaction records out as a file.',
  'read-reports': 'Reads reports.',
  'export-reports': 'Downloads reports as CSV.',
  'grade-chats': 'Evaluates chats and decides disputes.',
  'handle-alerts': 'Sees, acknowledges and resolves alerts.',
  'read-configuration': 'Reads the lists of configuration and the versions of scenarios, and tests connections.',
  'edit-configuration': 'Changes, applies and exports the configuration.',
  'publish-scenarios': 'Drafts, publishes and rolls back scenarios, and moves conversations.',
  'read-audit': 'Reads the audit log.',
  'see-operation': 'Sees versions, workers, parts in need, dead letters and send lanes.',
  operate: 'Retries and discards parts, replays dead letters and resumes send lanes.',
  'operate-conversations': 'Replays conversations, and helps running ones on by hand.',
  'see-raw-deliveries': 'Reads inputs, dead letters and deliveries as they came.',
  'manage-users': 'Changes users and roles, ends sessions and resets second factors.',
  'manage-tokens': 'Makes and ends tokens of programs.',
  'handle-privacy-requests': 'Exports and erases what is held of a customer.',
  'manage-legal-holds': 'Holds customers and conversations from retention and erasure, and releases them.',
} as const;

export type Privilege = keyof typeof PRIVILEGES;

/** The roles that ship. Of several that somebody could have the last one counts. */
export const ROLES = ['agent', 'supervisor', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Supervisors have these, and so have admins. */
const OVERSIGHT = [
  'see-contacts',
  'handle-cases',
  'see-live-overview',
  'force-states',
  'manage-queue',
  'read-records',
  'export-records',
  'read-reports',
  'export-reports',
  'grade-chats',
  'handle-alerts',
  'read-configuration',
  'see-operation',
] as const satisfies Privilege[];

/**
 * The roles that ship, as sets of privileges. Admins administer: chats are answered by agents and supervisors. Operators keep
 * the installation running, and see neither chats nor customers.
 */
export const SHIPPED_ROLES: Readonly<Record<Role, ReadonlySet<Privilege>>> = {
  agent: new Set<Privilege>(['answer-chats', 'see-contacts', 'handle-cases']),
  supervisor: new Set<Privilege>(['answer-chats', 'pick-from-queue', 'see-team-chats', 'monitor-chats', ...OVERSIGHT]),
  operator: new Set<Privilege>([
    'see-live-overview',
    'handle-alerts',
    'read-configuration',
    'see-operation',
    'operate',
  ]),
  admin: new Set<Privilege>([
    'see-all-chats',
    ...OVERSIGHT,
    'edit-configuration',
    'publish-scenarios',
    'read-audit',
    'operate',
    'operate-conversations',
    'see-raw-deliveries',
    'manage-users',
    'manage-tokens',
    'handle-privacy-requests',
    'manage-legal-holds',
  ]),
};

/** A role that the configuration makes, beside those that ship. */
export interface OwnRole {
  name: string;
  privileges: readonly Privilege[];
  /** Whoever has it does nothing in a session that a password alone has opened. */
  requireSecondFactor?: boolean | undefined;
}

/** Whoever may do something. */
export interface PrivilegeHolder {
  readonly privileges: ReadonlySet<Privilege> | readonly Privilege[];
}

/** What a role may do, of those that ship and of one's own. Nothing, where there is no such role. */
export function privilegesOfRole(role: string, own: Iterable<OwnRole>): ReadonlySet<Privilege> {
  if (isShipped(role)) return SHIPPED_ROLES[role];
  for (const { name, privileges } of own) if (name === role) return new Set(privileges);
  return new Set();
}

/** Every role that a user may have: those that ship, and one's own. */
export function listRoleNames(own: Iterable<Pick<OwnRole, 'name'>>): string[] {
  return [...ROLES, ...[...own].map(({ name }) => name)];
}

/** Whether a name is that of a role that ships. */
export function isShipped(name: string): name is Role {
  return ROLES.some((role) => role === name);
}

/** Whether somebody has a privilege, or one of several. */
export function mayDo({ privileges: held }: PrivilegeHolder, ...asked: readonly Privilege[]): boolean {
  const set = held instanceof Set ? held : new Set(held);
  return asked.some((privilege) => set.has(privilege));
}

/** Whether somebody looks into the work of others, and not only their own. */
export function overseesOthers(holder: PrivilegeHolder): boolean {
  return mayDo(holder, 'see-team-chats', 'see-all-chats');
}

/** Whether chats are offered to somebody: to all who answer them, and of those who oversee others to whoever has skills. */
export function isOfferedChats(holder: PrivilegeHolder, skills: Readonly<Record<string, number>>): boolean {
  return mayDo(holder, 'answer-chats') && (!overseesOthers(holder) || Object.keys(skills).length > 0);
}

/** What is done with chats: whoever sees every chat may give it without having it. */
const WITH_CHATS: readonly Privilege[] = ['answer-chats', 'pick-from-queue', 'see-team-chats', 'monitor-chats'];

/**
 * Which of some privileges somebody may not give or take: those that they have not themselves. Who sees every chat may give
 * what is done with chats, too: admins answer none, and make agents all the same.
 */
export function notTheirsToGive(holder: PrivilegeHolder, given: Iterable<Privilege>): Privilege[] {
  const seesAll = mayDo(holder, 'see-all-chats');
  return [...new Set(given)].filter((each) => !mayDo(holder, each) && !(seesAll && WITH_CHATS.includes(each)));
}
