import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import {
  mayDo,
  overseesOthers,
  PRIVILEGES,
  ROLES,
  SHIPPED_ROLES,
  type Privilege,
  type PrivilegeHolder,
  type Role,
} from '../../contracts/privileges.ts';

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'roles.md');
const all = Object.keys(PRIVILEGES) as Privilege[];
/** What decides within a route, beside other privileges that open it. */
const WITHIN: readonly Privilege[] = ['pick-from-queue'];

const asked = new Set(
  Object.values<HttpRoute>(httpRoutes).flatMap(({ access }) => (typeof access === 'string' ? [] : access)),
);

const holder = (role: Role): PrivilegeHolder => ({ privileges: SHIPPED_ROLES[role] });
const mark = (role: Role, privilege: Privilege): string => (mayDo(holder(role), privilege) ? 'yes' : '');

function describeRoles(): string {
  const rows = all.map((each) => {
    const marks = ROLES.map((role) => mark(role, each));
    return `| \`${each}\` | ${PRIVILEGES[each]} | ${marks.join(' | ')} |`;
  });
  return `# Roles and privileges

A role is a set of privileges. Every route names the privileges that open it ([routes.md](routes.md)), and the console shows the places
that they open. \`test/contracts/privileges.test.ts\` writes this page with \`vitest run -u\`. An agent takes chats out of the queue by
hand where their user has \`privileges: [pick]\`.

## The roles that ship

They stand in \`contracts/privileges.ts\` and stay as they are. Operators keep the installation running: versions, workers, parts in need, dead
letters, send lanes, alerts. They see neither chats nor customers, and change no configuration.

| privilege | what it lets one do | ${ROLES.join(' | ')} |
| --- | --- | ${ROLES.map(() => '---').join(' | ')} |
${rows.join('\n')}

## Roles of your own

\`\`\`yaml
kind: role
name: quality
title: Quality team
privileges: [see-team-chats, read-records, read-reports, grade-chats]
---
kind: user
username: quinn
role: quality
password: …
\`\`\`

In files, by \`apply\`, or in the console under Administration, Roles. \`GET /api/v1/roles\` lists them after those that ship, whose names are taken.
A change holds at once: for the next call of whoever has the role (in other processes within a second), and their open sockets are closed
with the code 4403 and come back with what they may hear now. The console then shows them other places. A role that users have
cannot be deleted (\`STILL_IN_USE\` names them).

What goes together: the pages of administration read lists with \`read-configuration\`; whoever writes scenarios has it beside
\`publish-scenarios\`. \`see-operation\` shows the page System, \`operate\` is for its buttons, and opens administration. Who manages users
and does not edit the configuration sees and applies users and roles alone. Chats are offered to whoever has \`answer-chats\`; of those who see
the chats of others, to whoever has skills.

## A second factor by role

A role of your own says \`requireSecondFactor: true\` (in the console: *Requires a second factor*); for the roles that ship the environment says it:
\`ATTENDANT_SECOND_FACTOR_ROLES=admin,operator\`. From then on, at once and also where people are logged in:

- A session is *secured* when it was opened with the second factor (a code or a recovery code), when the second factor was turned on in it, or when an
  OpenID Connect provider let them in: the provider asks for factors of its own, and answers for them. Require them there.
- A session of whoever has the role which is not secured has no privileges. It reads who it is (\`GET /api/v1/session\` says
  \`needsSecondFactor: true\`), sets the second factor up, changes its own password and logs out; the api answers everything else with
  \`SECOND_FACTOR_MISSING\` (403), live sockets too: open ones are closed with 4403. The console shows the set-up whatever
  place is opened, and goes on there afterwards. It takes no agent out of routing, and keeps none in it.
- Nobody turns a second factor off that their role requires. A reset by whoever manages users takes effect at once: what sessions were secured by is gone
  (open sockets end within ten seconds, as where a session is ended), and they set up a new one.
- Who sets up a second factor proves who they are by the password alone: give new users theirs in person, or let them in by a provider.
- Tokens of programs are no sessions: they stay, and one is made in a secured session. So does the deployment's admin token. An export of records that was asked for
  goes on, and its file is fetched in a secured session.
- Whom a provider let in turns none on here (\`SECOND_FACTOR_AT_PROVIDER\`): it would be asked for nowhere.

## Who gives what

- Users and roles are changed with \`manage-users\`, everything else with \`edit-configuration\`; both go through \`apply\`, which asks of each
  document that would change something.
- **Nobody gives or takes a privilege that they do not have themselves.** To change, or delete, a user or a role one has every privilege that
  it has before and after; to reset a second factor, those that the user has. One exception: whoever sees every chat (\`see-all-chats\`) may also give what is done with chats (\`answer-chats\`,
  \`pick-from-queue\`, \`see-team-chats\`, \`monitor-chats\`): admins answer no chats, and make agents all the same.
- The last user who may manage users is not deleted and keeps that privilege, also where groups of an OIDC provider say otherwise.
- A token of a program can do what the routes of its scopes ask for, as far as admins can. Whoever makes it has all of that: it is kept to no
  team, so that what is kept to teams needs \`see-all-chats\`; and one that may manage users (\`write:configuration\`) could give anything, so
  that it needs all that admins have.
- The deployment's admin token is an admin.
`;
}

describe('privileges', () => {
  it('are each asked for by a route, or decide within one', () => {
    expect(all.filter((privilege) => !asked.has(privilege) && !WITHIN.includes(privilege))).toEqual([]);
  });

  it('are each held by a role that ships', () => {
    expect(all.filter((privilege) => !ROLES.some((role) => mayDo(holder(role), privilege)))).toEqual([]);
  });

  it('let supervisors and admins look into the work of others, and agents not', () => {
    expect(ROLES.filter((role) => overseesOthers(holder(role)))).toEqual(['supervisor', 'admin']);
  });

  it('are what docs/roles.md says', async () => {
    await expect(describeRoles()).toMatchFileSnapshot(file);
  });
});
