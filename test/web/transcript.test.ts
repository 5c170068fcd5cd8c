import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../contracts/conversation-view-schema.ts';
import { groupMessages } from '../../web/src/features/conversation/group-messages.ts';
import { formatDuration } from '../../web/src/shared/lib/format.ts';
import { de } from '../../web/src/shared/i18n/de.ts';
import { en } from '../../web/src/shared/i18n/en.ts';

function said(id: string, at: string, changes: Partial<MessageView> = {}): MessageView {
  return { id, mid: id, direction: 'in', author: { kind: 'customer' }, text: id, attachments: [], at, ...changes };
}

describe('a transcript', () => {
  it('puts what one speaker says without a pause into a run, under its day, with events between', () => {
    const messages = [
      said('a', '2026-11-27T10:00:00.000Z'),
      said('b', '2026-11-27T10:01:00.000Z'),
      said('c', '2026-11-27T10:30:00.000Z'),
      said('d', '2026-11-28T10:00:00.000Z', { direction: 'out', author: { kind: 'agent', username: 'ann' } }),
      said('e', '2026-11-28T10:01:00.000Z', { isDeleted: true }),
    ];
    const events = [{ id: 'x', at: '2026-11-28T09:00:00.000Z', type: 'accepted', data: {}, actor: { kind: 'agent' } }];
    const items = groupMessages(messages, events, (at) => at.slice(0, 10));
    expect(items.map((item) => (item.kind === 'run' ? item.messages.map(({ id }) => id).join('') : item.kind))).toEqual(
      ['day', 'ab', 'c', 'day', 'event', 'd', 'removed'],
    );
  });
});

const filled = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).toSorted();

describe('the texts', () => {
  const flat = (texts: object, path = ''): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]: [string, string | object]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
    );

  it('fill in the same in German as in English', () => {
    const german = new Map(flat(de));
    for (const [key, text] of flat(en)) expect(filled(german.get(key) ?? ''), key).toEqual(filled(text));
  });

  it('say times as 3:12 and 1:12:47', () => {
    expect([192_000, 4_367_000, -1].map(formatDuration)).toEqual(['3:12', '1:12:47', '0:00']);
  });
});
