import { describe, expect, it } from 'vitest';
import { configurationDocumentSchema } from '../../contracts/configuration-schema.ts';

const account = { kind: 'account', name: 'shop', pageId: '1', pageToken: 't', appSecret: 's' };
const user = {
  kind: 'user',
  username: 'ann',
  role: 'agent',
  skills: { support: 1 },
  password: 'long enough to be taken',
};
const entry = { kind: 'entry', name: 'e', account: 'shop', scenario: 'tiny', service: 's' };

const isValid = (document: object): boolean => configurationDocumentSchema.safeParse(document).success;

describe('a configuration document', () => {
  it.each([
    account,
    { ...account, pageId: 'Page-id with signs: ünï', verifyToken: 'v', pageUsername: 'shop', onUnknown: 'hold' },
    { ...account, pageToken: undefined, appSecret: undefined },
    { kind: 'scenario', source: 'attendant: 1' },
    { kind: 'service', name: 's', skills: [], group: 'g', account: 'shop' },
    { ...entry, scenario: 'tiny@0123456789ab', inactivityTimeout: '10m', onError: 'Sorry.' },
    {
      ...entry,
      onError: { en: 'Sorry.', 'pt-BR': 'Desculpe.' },
      inactivityWarning: '',
      inactivityClosing: { de: 'Tschüss.' },
    },
    { kind: 'chat-settings', name: 'default', onError: { en: 'Sorry.' } },
    { kind: 'retention', name: 'default', transcriptDays: 730, auditDays: 365 },
    { ...user, skills: { 'c++': 100, 'a.b': 1 }, slots: 3, name: 'Ann' },
  ])('is taken: %j', (document) => {
    expect(isValid(document)).toBe(true);
  });

  it.each([
    ['an id that is a number', { ...account, pageId: 1 }],
    ['an id of 257 characters', { ...account, pageId: 'x'.repeat(257) }],
    ['an empty id', { ...account, pageId: '' }],
    ['an unknown key', { ...account, colour: 'blue' }],
    ['an unknown choice', { ...account, onUnknown: 'maybe' }],
    ['a name with spaces around', { ...account, name: ' shop' }],
    ['a duration without unit', { ...entry, inactivityTimeout: '10' }],
    ['a duration of nothing', { ...entry, inactivityTimeout: '0s' }],
    ['a text in no language', { ...entry, onError: {} }],
    ['a text in what is no language', { ...entry, onError: { english: 'Sorry.' } }],
    ['an empty text in one language', { ...entry, onError: { en: 'Sorry.', de: '' } }],
    ['a pinned version of 11 digits', { ...entry, scenario: 'tiny@0123456789a' }],
    ['a level of 0', { ...user, skills: { support: 0 } }],
    ['a level that is no whole number', { ...user, skills: { support: 1.5 } }],
    ['a user name with a colon', { ...user, username: 'a:b' }],
    ['a role of the name of one that ships', { kind: 'role', name: 'operator', privileges: ['operate'] }],
    ['a role that lets one do nothing', { kind: 'role', name: 'idle', privileges: [] }],
    ['a role with a privilege there is not', { kind: 'role', name: 'odd', privileges: ['fly'] }],
    ['a short password', { ...user, password: 'elevenchars' }],
    ['an unknown kind', { kind: 'acount' }],
  ])('is refused for %s', (_name, document) => {
    expect(isValid(document)).toBe(false);
  });
});
