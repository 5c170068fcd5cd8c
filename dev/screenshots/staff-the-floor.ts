import type { RunningStack } from '../../test/support/running-stack.ts';
import { PASSWORD } from '../../test/browser/support/halden-home.ts';

/** Who else works in the house, for other services: in the transfer dialog and on the supervisor's screen. */
export async function staffTheFloor({ stack }: { stack: RunningStack }): Promise<void> {
  const people = [
    { name: 'Mateo Fuentes', skills: { orders: 70, spanish: 90 }, state: 'ready' },
    { name: 'Priya Raman', skills: { billing: 80 }, state: 'ready' },
    { name: 'Yuki Tanaka', skills: { orders: 60, japanese: 100 }, state: 'not-ready', reason: 'Meeting' },
    { name: 'Leila Haddad', skills: { billing: 40, arabic: 90 }, state: 'not-ready', reason: 'Break' },
    { name: 'Oleh Marchenko', skills: { billing: 60, ukrainian: 90 }, state: 'ready' },
    { name: 'Ewa Nowak', skills: { sales: 70 }, state: 'ready' },
  ].map((person) => ({ ...person, username: person.name.split(' ')[0]?.toLowerCase() ?? '' }));
  const documents = [
    { kind: 'service', name: 'Orders and delivery', skills: ['orders'] },
    { kind: 'service', name: 'Billing', skills: ['billing'] },
    { kind: 'service', name: 'Sales advice', skills: ['sales'] },
    ...people.map(({ username, name, skills }) => {
      return { kind: 'user', username, name, role: 'agent', skills, slots: 4, password: PASSWORD };
    }),
  ];
  await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
  for (const { username, state, reason } of people) {
    const session = await stack.call('POST', '/api/v1/session', { body: { username, password: PASSWORD } });
    const body = { state, ...(reason !== undefined && { reason }) };
    await stack.call('PUT', '/api/v1/agents/me/state', { body, token: session.body.token });
  }
}
