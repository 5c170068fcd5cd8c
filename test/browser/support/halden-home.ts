import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunningStack, unique } from '../../support/running-stack.ts';
import { until } from '../../support/until.ts';

const mobileChat = path.join(import.meta.dirname, '..', '..', '..', 'scenarios', 'mobile-chat.yaml');
export const PASSWORD = 'correct-horse-battery';

/** A contact centre of its own, with two agents. */
export interface HaldenHome {
  pageId: string;
  /** Signs what Meta's side sends. */
  appSecret: string;
  agents: [string, string];
}

/** Sets up a Page with services, dispositions, canned responses, breaks and two agents. */
export async function setUpHaldenHome(stack: RunningStack): Promise<HaldenHome> {
  const pageId = unique('page');
  const [appSecret, pageToken] = [unique('secret'), unique('token')];
  const webhookUrl = `${stack.url}/clientweb/fb/webhook`;
  await stack.simulator('POST', '/simulator/pages', { pageId, name: 'Halden Home', appSecret, pageToken, webhookUrl });
  const scenario = (await readFile(mobileChat, 'utf8'))
    .replaceAll('noAnswer: 10s', 'noAnswer: 60s')
    .replaceAll(/\[(?:support|billing)\]/g, '[returns]');
  const agents: [string, string] = [unique('amara'), unique('hanna')];
  const documents = [
    { kind: 'account', name: 'Halden Home', pageId, pageToken, appSecret },
    { kind: 'scenario', source: scenario },
    {
      kind: 'service',
      name: 'Returns and repairs',
      account: 'Halden Home',
      skills: ['returns'],
      wrapUp: { timeout: '2m', extend: '1m', required: true },
      dispositions: [
        { name: 'Replacement sent', folder: 'Returns' },
        { name: 'Refund agreed', folder: 'Returns' },
        { name: 'Repair booked', folder: 'Returns' },
        { name: 'Information given', folder: 'Other' },
        { name: 'Customer went silent', folder: 'Other' },
      ],
    },
    {
      kind: 'group',
      name: 'default',
      breaks: [{ name: 'Break', returnAfter: '30m' }, { name: 'Lunch' }, { name: 'Meeting' }, { name: 'Training' }],
    },
    {
      kind: 'canned-response',
      name: 'pickup-time',
      folder: 'Returns',
      text: 'Our driver will collect the parcel on $(date) between $(from) and $(to).',
    },
    {
      kind: 'canned-response',
      name: 'pickup-where',
      folder: 'Returns',
      text: 'Where should we pick it up, $(customer.firstName|please)? You can share a location here.',
    },
    {
      kind: 'canned-response',
      name: 'pickup-label',
      folder: 'Returns',
      text: 'Please print the label and tape it over the old one.',
    },
    { kind: 'label', name: 'Damaged', colour: 'red' },
    { kind: 'label', name: 'VIP', colour: 'purple' },
    {
      kind: 'entry',
      name: 'Halden Home chat',
      account: 'Halden Home',
      scenario: 'mobile-chat',
      service: 'Returns and repairs',
    },
    {
      kind: 'user',
      username: agents[0],
      name: 'Amara Osei',
      role: 'agent',
      skills: { returns: 80 },
      slots: 5,
      password: PASSWORD,
    },
    {
      kind: 'user',
      username: agents[1],
      name: 'Hanna Kowalczyk',
      role: 'agent',
      skills: { returns: 60 },
      slots: 5,
      password: PASSWORD,
    },
    { kind: 'user', username: 'ada', name: 'Ada Admin', role: 'admin', password: PASSWORD },
    { kind: 'user', username: 'sofia', name: 'Sofia Reyes', role: 'supervisor', password: PASSWORD },
  ];
  const applied = await stack.call('POST', '/api/v1/configuration/apply', { body: { documents } });
  if (applied.status !== 200) throw new Error(`apply: ${JSON.stringify(applied.body)}`);
  return { pageId, appSecret, agents };
}

/** Somebody with a phone. */
export interface PhoneCustomer {
  psid: string;
  name: string;
  say(text: string): Promise<void>;
  send(message: object): Promise<void>;
  /** Greets, and asks for something: an agent is looked for. */
  askForHelp(text: string): Promise<void>;
  received(): Promise<string[]>;
  read(): Promise<void>;
}

/** A customer of the simulator with a name. */
export async function createPhoneCustomer(
  stack: RunningStack,
  { pageId }: Pick<HaldenHome, 'pageId'>,
  name: string,
): Promise<PhoneCustomer> {
  const made = await stack.simulator('POST', `/simulator/pages/${pageId}/customers`, { name });
  const psid: string = made.body.psid;
  async function send(message: object): Promise<void> {
    const answer = await stack.simulator('POST', `/simulator/customers/${psid}/messages`, { pageId, ...message });
    if (answer.status >= 300) throw new Error(`simulator: ${JSON.stringify(answer.body)}`);
  }
  async function received(): Promise<string[]> {
    const { body } = await stack.simulator('GET', `/simulator/sends?pageId=${pageId}&psid=${psid}`);
    return (body.items as { status: string; text?: string }[]).flatMap(({ status, text }) =>
      status === 'accepted' && text !== undefined ? [text] : [],
    );
  }
  const isAsked = async (): Promise<boolean> => (await received()).some((each) => each.includes('What can we do'));
  return {
    psid,
    name,
    send,
    received,
    say: (text) => send({ text }),
    async askForHelp(text) {
      await send({ text: 'Hello' });
      // What is said before the question is no answer to it, and nobody would be looked for.
      await until(`the question to ${name}`, isAsked, 60_000);
      await send({ text });
    },
    read: async () => void (await stack.simulator('POST', `/simulator/customers/${psid}/reads`, { pageId })),
  };
}
