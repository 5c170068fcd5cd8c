import { queryOptions } from '@tanstack/react-query';

/** A Page that the simulator plays, with what its Messenger profile offers. */
export interface Page {
  pageId: string;
  name: string;
  waitingEvents: number;
  consoleUrl: string;
  profile: {
    get_started?: { payload: string };
    greeting?: { locale: string; text?: string }[];
    ice_breakers?: { locale: string; call_to_actions: { question: string; payload: string }[] }[];
    persistent_menu?: { locale: string; call_to_actions?: Button[] }[];
  };
}

export interface Customer {
  pageId: string;
  psid: string;
  name: string;
  locale?: string;
  pictureUrl?: string;
}

export interface Button {
  type: string;
  title: string;
  payload?: string;
  url?: string;
}

export interface Attachment {
  type: string;
  url?: string;
  title?: string;
  subtitle?: string;
  coordinates?: { lat: number; long: number };
  stickerId?: string;
  buttons?: Button[];
}

export interface Message {
  seq: number;
  mid: string;
  from: 'customer' | 'page';
  at: number;
  text?: string;
  attachments?: Attachment[];
  quickReplies?: { title: string; payload: string; contentType?: string }[];
  persona?: string;
  isEdited?: boolean;
  isDeleted?: boolean;
  reactions?: { customer?: string; page?: string };
  isDelivered: boolean;
  isRead: boolean;
}

export interface Thread {
  items: Message[];
  isTyping: boolean;
  waitingEvents: number;
}

export interface LoggedCall {
  id: number;
  at: number;
  direction: 'webhook' | 'graph';
  method: string;
  path: string;
  body?: string;
  note?: 'retry' | 'again' | 'forged';
  state: 'open' | 'answered' | 'lost';
  status?: number;
  answer?: string;
  ms?: number;
}

export type Fault = { kind: string; count?: number | 'all' } & Record<string, string | number | undefined>;

/** One customer's thread with one Page: what a phone shows. */
export interface Parties {
  pageId: string;
  psid: string;
}

/** Asks the simulator. @throws Error with its words */
export async function ask<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
  const response = await fetch(`/simulator/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error((answer as { message: string }).message);
  return answer as Answer;
}

const list = <Item>(path: string) => ask<{ items: Item[] }>('GET', path).then(({ items }) => items);
const at = encodeURIComponent;

export const pagesQuery = queryOptions({ queryKey: ['pages'], queryFn: () => list<Page>('pages') });
export const faultsQuery = queryOptions({ queryKey: ['faults'], queryFn: () => list<Fault>('faults') });
export const clockQuery = queryOptions({
  queryKey: ['faults', 'clock'],
  queryFn: () => ask<{ aheadMs: number }>('GET', 'clock'),
});

export const customersQuery = (pageId: string) =>
  queryOptions({
    queryKey: ['pages', pageId],
    queryFn: () => list<Customer>(`pages/${at(pageId)}/customers`),
  });

export const threadKey = ({ pageId, psid }: Parties) => ['thread', pageId, ...(psid === '' ? [] : [psid])];
export const threadQuery = (parties: Parties) =>
  queryOptions({
    queryKey: threadKey(parties),
    queryFn: () => ask<Thread>('GET', `pages/${at(parties.pageId)}/customers/${at(parties.psid)}/messages`),
    // Typing fades by itself, which nobody tells.
    refetchInterval: ({ state }) => (state.data?.isTyping ? 2000 : false),
  });

interface CallList {
  items: LoggedCall[];
  revision: number;
  epoch: string;
}
const MOST_CALLS = 500;
let kept: CallList = { items: [], revision: 0, epoch: '' };

/** The calls, newest first; only what is new is asked for. */
async function loadCalls(): Promise<LoggedCall[]> {
  let fresh = await ask<CallList>('GET', `log?after=${kept.revision}`);
  if (fresh.epoch !== kept.epoch) {
    fresh = await ask<CallList>('GET', 'log?after=0');
    kept = { ...fresh, items: [] };
  }
  const byId = new Map(kept.items.map((call) => [call.id, call]));
  for (const call of fresh.items) byId.set(call.id, call);
  const items = [...byId.values()].toSorted((one, other) => other.id - one.id).slice(0, MOST_CALLS);
  kept = { ...fresh, items };
  return items;
}
export const callsQuery = queryOptions({ queryKey: ['log'], queryFn: loadCalls });

/** What a customer does on the phone. */
export const phoneOf = ({ pageId, psid }: Parties) => {
  const post = (what: string, body: object = {}): Promise<unknown> =>
    ask('POST', `customers/${at(psid)}/${what}`, { pageId, ...body });
  return {
    write: (text: string) => post('messages', { text }),
    choose: (title: string, quickReplyPayload: string) => post('messages', { text: title, quickReplyPayload }),
    attach: (...attachments: Attachment[]) => post('messages', { attachments }),
    press: (title: string, payload: string) => post('postbacks', { title, payload }),
    read: () => post('reads'),
    happen: (event: { kind: string } & Record<string, string | undefined>) => post('events', event),
  };
};

export const putCustomer = (pageId: string, customer: Omit<Customer, 'pageId' | 'psid'>): Promise<Customer> =>
  ask('POST', `pages/${at(pageId)}/customers`, customer);

/** Puts a file where Attendant can fetch it and gives its address. */
export async function putFile(file: Blob, name: string): Promise<string> {
  const response = await fetch(`/simulator/files?name=${at(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer = (await response.json()) as { url: string; message: string };
  if (!response.ok) throw new Error(answer.message);
  return answer.url;
}

/** The path of a file of the simulator's own; undefined for what lies elsewhere, which this page does not load. */
export function ownPath(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname } = new URL(url);
  return pathname.startsWith('/simulator/files/') ? pathname : undefined;
}
