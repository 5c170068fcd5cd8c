import { describe, expect, it } from 'vitest';
import { findVariable } from '../../../scenario-dsl/expression/variables.ts';
import { worldVariables } from '../../../scenario-dsl/expression/world-variables.ts';
import { createItem, withItem, withWindowEnd } from '../../../scenario-dsl/run/item-variables.ts';

const at = Date.UTC(2026, 4, 3, 10, 0, 5);

describe('$(item.…)', () => {
  const item = createItem({
    interactionId: 'c1',
    startedBy: 'referral',
    message: { payload: 'GO', attachments: [], at },
    referral: { ref: 'summer', source: 'ADS', type: 'OPEN_THREAD', adId: '17', ad: { title: 'Shoes' } },
  });

  const inTable = worldVariables.filter(({ name }) => name.startsWith('item.'));

  it('holds everything that the table of the world’s variables promises from the start, and nothing else', () => {
    const promised = inTable.filter(({ setBy }) => !setBy).map(({ name }) => name);
    expect(promised.filter((name) => findVariable({ item }, name.split('.')) === undefined)).toEqual([]);
    const names = Object.keys(item).filter((name) => !promised.some((other) => other.split('.')[1] === name));
    expect(names).toEqual([]);
  });

  it('holds nothing yet of what the table says that blocks set', () => {
    const setLater = inTable.filter(({ setBy }) => setBy).map(({ name }) => name);
    expect(setLater).toContain('item.contactId');
    expect(setLater.filter((name) => findVariable({ item }, name.split('.')) !== undefined)).toEqual([]);
  });

  it('takes the payload for the message where there is no text, and times in UTC', () => {
    expect(item).toMatchObject({ message: 'GO', payload: 'GO', startedAt: '2026-05-03T10:00:05Z' });
  });

  it('goes with the customer’s last message; who opened the conversation stays', () => {
    const message = { text: 'Hi', attachments: [{ type: 'image', url: 'https://x' }], at: at + 60_000, mid: 'm' };
    expect(withItem({ item }, message)).toEqual({
      item: { ...item, message: 'Hi', payload: '', attachments: message.attachments, at: '2026-05-03T10:01:05Z' },
    });
  });

  it('tells when the window closes, until the customer writes', () => {
    const closing = withWindowEnd({ item }, Date.UTC(2026, 4, 4, 10, 0, 5));
    expect(closing).toMatchObject({ item: { windowClosesAt: '2026-05-04T10:00:05Z' } });
    const message = { text: 'Hi', attachments: [], at, mid: 'm' };
    expect(withItem(closing, message)).toMatchObject({ item: { windowClosesAt: '' } });
  });

  it('bears times that no calendar has', () => {
    const message = { text: 'Hi', attachments: [], at: Number.NaN, mid: 'm' };
    expect(withItem({}, message)).toMatchObject({ item: { at: '' } });
  });
});
