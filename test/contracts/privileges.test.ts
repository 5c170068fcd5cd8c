import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROLES } from '../../contracts/configuration-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { mayDo, overseesOthers, PRIVILEGES, type Privilege } from '../../contracts/privileges.ts';

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'roles.md');
const all = Object.keys(PRIVILEGES) as Privilege[];
/** What decides within a route, beside other privileges that open it. */
const WITHIN: readonly Privilege[] = ['pick-from-queue'];

const asked = new Set(
  Object.values<HttpRoute>(httpRoutes).flatMap(({ access }) => (typeof access === 'string' ? [] : access)),
);

const mark = (role: (typeof ROLES)[number], privilege: Privilege): string => (mayDo(role, privilege) ? 'yes' : '');

function describeRoles(): string {
  const rows = all.map((each) => {
    const marks = ROLES.map((role) => mark(role, each));
    return `| \`${each}\` | ${PRIVILEGES[each]} | ${marks.join(' | ')} |`;
  });
  return `# Roles and privileges

A role is a set of privileges. Every route names the privileges that open it ([routes.md](routes.md)), and the console shows the places
that they open. The roles that ship, in \`contracts/privileges.ts\`; \`test/contracts/privileges.test.ts\` writes this page with
\`vitest run -u\`. An agent takes chats out of the queue by hand where their user has \`privileges: [pick]\`.

| privilege | what it lets one do | ${ROLES.join(' | ')} |
| --- | --- | ${ROLES.map(() => '---').join(' | ')} |
${rows.join('\n')}
`;
}

describe('privileges', () => {
  it('are each asked for by a route, or decide within one', () => {
    expect(all.filter((privilege) => !asked.has(privilege) && !WITHIN.includes(privilege))).toEqual([]);
  });

  it('are each held by a role that ships', () => {
    expect(all.filter((privilege) => !ROLES.some((role) => mayDo(role, privilege)))).toEqual([]);
  });

  it('let supervisors and admins look into the work of others, and agents not', () => {
    expect(ROLES.filter(overseesOthers)).toEqual(['supervisor', 'admin']);
  });

  it('are what docs/roles.md says', async () => {
    await expect(describeRoles()).toMatchFileSnapshot(file);
  });
});
