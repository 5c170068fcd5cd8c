import { describe, expect, it } from 'vitest';
import { exactKey, searchKeysOf, searchWordsOf } from '../../../adapters/mongo/people/contact-keys.ts';

const contact = {
  firstName: 'Ada\u200B',
  lastName: 'Ló\u00ADvelace',
  emails: [],
  phones: ['+49 30 123456'],
  tags: [],
  custom: [],
};

function finds(query: string, phones = contact.phones): boolean {
  const keys = searchKeysOf({ ...contact, phones });
  return searchWordsOf(query).every((word) => keys.some((key) => key.startsWith(word)));
}

describe('A contact is found by its number', () => {
  it.each(['+49 30 123456', '0049 30/123456', '030 123456', '(030) 123-456', '30123', '030', '4930'])(
    'as %s',
    (query) => {
      expect(finds(query)).toBe(true);
    },
  );

  it.each(['\u202A+49 30 123456\u202C', '+49 30 123\u2011456', '＋４９３０１２３４５６'])(
    'as it is copied out of another program: %j',
    (copied) => {
      expect(finds(copied)).toBe(true);
      expect(finds('030 123456', [copied])).toBe(true);
      expect(exactKey('phone', copied)).toBe('phone: 4930123456');
    },
  );

  it('that is kept as it is dialled within its country', () => {
    expect(finds('030 123456', ['030 123456'])).toBe(true);
    expect(finds('040 123456')).toBe(false);
  });
});

it('A contact is found by a name with signs in it that nobody sees', () => {
  expect(finds('ada lovelace')).toBe(true);
  expect(finds('Ada\u200D lo\u00ADve')).toBe(true);
});
