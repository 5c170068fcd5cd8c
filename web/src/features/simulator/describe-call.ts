import type { TFunction } from 'i18next';
import type { LoggedCall } from './simulator-api.ts';

/** What a row of the list says of a call. */
export interface CallWords {
  /** As Meta calls it. */
  name: string;
  summary: string;
}

type Loose = Readonly<Record<string, unknown>>;

interface Context {
  t: TFunction<'simulator'>;
  nameOf: (psid: string) => string;
  time: (at: number) => string;
}

/** Says a call in one line. */
export function describeCall(call: LoggedCall, context: Context): CallWords {
  const words = call.direction === 'webhook' ? ofWebhook(call, context) : ofGraphCall(call, context);
  const { t } = context;
  if (call.state === 'lost') return { ...words, summary: t('events.lostOnTheWay', { summary: words.summary }) };
  if (call.note === undefined) return words;
  return { ...words, summary: t('events.noted', { summary: words.summary, note: t(`events.${call.note}`) }) };
}

export function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function ofWebhook({ body }: LoggedCall, context: Context): CallWords {
  const [entry] = (record(parse(body))['entry'] as Loose[] | [undefined] | undefined) ?? [];
  const events = [...((entry?.['messaging'] ?? []) as Loose[]), ...((entry?.['standby'] ?? []) as Loose[])];
  const [first] = events;
  if (!first) return { name: 'webhook', summary: '' };
  const words = ofEvent(first, context);
  return events.length === 1 ? words : { ...words, name: `${words.name} +${events.length - 1}` };
}

/** Events are known by the one field that they have beside sender, recipient and time. */
function ofEvent(event: Loose, context: Context): CallWords {
  const { t, nameOf, time } = context;
  const kind = Object.keys(event).find((key) => !['sender', 'recipient', 'timestamp'].includes(key)) ?? 'event';
  const content = record(event[kind]);
  const isEcho = content['is_echo'] === true;
  const name = nameOf(text(record(event[isEcho ? 'recipient' : 'sender'])['id']));
  const say = (key: 'says' | 'pressed' | 'reacted' | 'edited', words: string): string =>
    t(`events.${key}`, { name, text: words });
  switch (kind) {
    case 'message':
      if (isEcho) return { name: 'echo', summary: t('events.to', { name, text: contentWords(content) }) };
      if (content['is_deleted'] === true) return { name: kind, summary: t('events.unsent', { name }) };
      return { name: kind, summary: say('says', contentWords(content)) };
    case 'postback':
      return { name: kind, summary: say('pressed', text(content['title'])) };
    case 'reaction': {
      const emoji = text(content['emoji']);
      return { name: kind, summary: emoji ? say('reacted', emoji) : t('events.tookBack', { name }) };
    }
    case 'message_edit':
      return { name: kind, summary: say('edited', text(content['text'])) };
    case 'read':
      return { name: kind, summary: t('events.readUntil', { name, time: time(Number(content['watermark'])) }) };
    case 'delivery':
      return { name: kind, summary: t('events.deliveredUntil', { name, time: time(Number(content['watermark'])) }) };
    case 'referral':
      return {
        name: kind,
        summary: t('events.cameFrom', { name, ref: text(content['ref']) || text(content['source']) }),
      };
    default:
      return { name: kind, summary: name };
  }
}

function contentWords(content: Loose): string {
  const attachments = (content['attachments'] ?? []) as Loose[];
  const one = record(content['attachment']);
  const types = attachments.length > 0 ? attachments.map((each) => text(each['type'])) : [text(one['type'])];
  return text(content['text']) || types.filter(Boolean).join(', ');
}

function ofGraphCall({ path, method, body }: LoggedCall, { t, nameOf }: Context): CallWords {
  const [, , id = '', ...rest] = path.split('/').map((part) => decodeURIComponent(part));
  const what = rest.join('/');
  const sent = record(parse(body));
  const name = nameOf(text(record(sent['recipient'])['id']));
  if (what === 'messages' && sent['sender_action'] !== undefined) {
    return { name: 'sender_action', summary: t('events.actionTo', { name, action: text(sent['sender_action']) }) };
  }
  if (what === 'messages') {
    return { name: what, summary: t('events.to', { name, text: contentWords(record(sent['message'])) }) };
  }
  if (what === '' && method === 'GET' && /^\d+$/.test(id)) {
    return { name: 'profile', summary: t('events.profileOf', { name: nameOf(id) }) };
  }
  return { name: what || id, summary: `${method} ${path}` };
}
