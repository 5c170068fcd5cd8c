import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunningStack, unique } from './running-stack.ts';
import { until } from './until.ts';

const mobileChat = path.join(import.meta.dirname, '..', '..', 'scenarios', 'mobile-chat.yaml');
const PASSWORD = 'correct-horse-battery';

/** A Page known to both the simulator and Attendant, with one agent who is logged in. */
export interface SimulatedPage {
  pageId: string;
  appSecret: string;
  agent: { username: string; token: string };
}

/** Registers a Page with the simulator and applies account, scenario, service, entry and agent. */
export async function createSimulatedPage(
  stack: RunningStack,
  options: { scenario?: string; account?: object; entry?: object } = {},
): Promise<SimulatedPage> {
  const pageId = unique('page');
  const appSecret = unique('secret');
  const pageToken = unique('token');
  await stack.simulator('POST', '/simulator/pages', {
    pageId,
    name: pageId,
    appSecret,
    pageToken,
    webhookUrl: `${stack.url}/clientweb/fb/webhook`,
  });
  const username = unique('agent');
  const source = (options.scenario ?? (await readFile(mobileChat, 'utf8'))).replace(
    /^scenario: .*$/m,
    `scenario: ${pageId}`,
  );
  const applied = await stack.call('POST', '/api/v1/configuration/apply', {
    body: {
      documents: [
        { kind: 'account', name: pageId, pageId, pageToken, appSecret, ...options.account },
        { kind: 'scenario', source },
        { kind: 'service', name: pageId, skills: [`${pageId}-skill`], group: pageId },
        { kind: 'entry', name: pageId, account: pageId, scenario: pageId, service: pageId, ...options.entry },
        {
          kind: 'user',
          username,
          role: 'agent',
          skills: { [`${pageId}-skill`]: 50, support: 50, billing: 50 },
          slots: 3,
          password: PASSWORD,
        },
      ],
    },
  });
  if (applied.status !== 200) throw new Error(`apply: ${JSON.stringify(applied.body)}`);
  const session = await stack.call('POST', '/api/v1/session', { body: { username, password: PASSWORD } });
  return { pageId, appSecret, agent: { username, token: session.body.token } };
}

/** A customer who writes through the simulator and sees what arrives there. */
export interface SimulatedCustomer {
  psid: string;
  say(text: string): Promise<void>;
  /** Texts that reached the customer, in order. */
  received(): Promise<string[]>;
  untilReceived(text: string, withinMs?: number): Promise<void>;
}

/** Creates a customer of a simulated Page. */
export async function createSimulatedCustomer(
  stack: RunningStack,
  { pageId }: SimulatedPage,
): Promise<SimulatedCustomer> {
  const made = await stack.simulator('POST', `/simulator/pages/${pageId}/customers`, { name: unique('Customer') });
  const psid: string = made.body.psid;
  async function received(): Promise<string[]> {
    const { body } = await stack.simulator('GET', `/simulator/sends?pageId=${pageId}&psid=${psid}`);
    return body.items
      .filter((send: { status: string }) => send.status === 'accepted')
      .map((send: { text: string }) => send.text);
  }
  return {
    psid,
    received,
    async say(text) {
      const answer = await stack.simulator('POST', `/simulator/customers/${psid}/messages`, { pageId, text });
      if (answer.status >= 300) throw new Error(`simulator: ${JSON.stringify(answer.body)}`);
    },
    async untilReceived(text, withinMs = 40_000) {
      await until(
        `"${text}" at the customer`,
        async () => (await received()).some((each) => each.includes(text)),
        withinMs,
      );
    },
  };
}
