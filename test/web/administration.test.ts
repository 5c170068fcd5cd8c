import { array, assert, constantFrom, dictionary, integer, oneof, property, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../web/src/features/administration/data/items.ts';
import { joinDuration, splitDuration } from '../../web/src/features/administration/model/durations.ts';
import { readCsv, writeCsv } from '../../web/src/features/administration/model/csv.ts';
import { problemsOf } from '../../web/src/features/administration/model/problems.ts';
import { readUsers } from '../../web/src/features/administration/model/user-csv.ts';
import { setUpStep } from '../../web/src/features/administration/model/set-up.ts';
import {
  bothChanged,
  differencesOf,
  isSame,
  mergeMine,
  valueAt,
  withValue,
  type Values,
} from '../../web/src/features/administration/model/values.ts';
import { openNow, stretchesOf } from '../../web/src/features/administration/model/week.ts';
import { adminDe } from '../../web/src/shared/i18n/admin-de.ts';
import { adminEn } from '../../web/src/shared/i18n/admin-en.ts';
import { configurationDocumentSchema } from '../../contracts/configuration-schema.ts';
import type { ErrorBody } from '../../contracts/http-api-schema.ts';
import type { Field, ItemSection } from '../../web/src/features/administration/model/section.ts';

describe('a document that is being edited', () => {
  it('takes a value at a path, and loses what is left empty around a value that is taken away', () => {
    const changed = withValue({ name: 'care' }, 'wrapUp.timeout', '2m');
    expect(changed).toEqual({ name: 'care', wrapUp: { timeout: '2m' } });
    expect(valueAt(changed, 'wrapUp.timeout')).toBe('2m');
    expect(withValue(changed, 'wrapUp.timeout', undefined)).toEqual({ name: 'care' });
    expect(Object.keys(withValue({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
  });

  it('is the same whatever the order of its keys', () => {
    expect(isSame({ a: [1, { b: 2, c: 3 }] }, { a: [1, { c: 3, b: 2 }] })).toBe(true);
    expect(isSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(differencesOf({ a: 1, b: 2 }, { b: 2, c: 3 })).toEqual([
      { field: 'a', before: 1, after: undefined },
      { field: 'c', before: undefined, after: 3 },
    ]);
  });
});

describe('two people at one document', () => {
  const document = dictionary(constantFrom('a', 'b', 'c', 'd'), integer({ min: 0, max: 3 }));
  it('keep every change of both but where both changed the same', () => {
    assert(
      property(document, document, document, (base, mine, theirs) => {
        const merged = mergeMine({ base, mine, theirs });
        for (const key of ['a', 'b', 'c', 'd']) {
          const isMine = mine[key] !== base[key];
          expect(merged[key]).toBe(isMine ? mine[key] : theirs[key]);
        }
        const both = bothChanged({ base, mine, theirs });
        for (const key of both) expect([mine[key], theirs[key]]).not.toContain(base[key]);
      }),
    );
  });
});

const error = (details: ErrorBody['details']): ErrorBody => ({
  code: 'CONFIGURATION_INVALID',
  message: 'No.',
  details,
});

describe('what the server refuses', () => {
  it('stands at its field, with the remedy', () => {
    const found = problemsOf(
      error([
        { path: 'documents.0.account', message: 'there is no account "x"', remedy: 'Did you mean "y"?' },
        { path: 'documents.0.dispositions.2.name', message: 'is missing' },
        { path: 'documents.0', message: 'is of no kind' },
        { path: 'documents.0.gone', message: 'is not a known key' },
      ]),
      ['account', 'dispositions', 'wrapUp.timeout'],
    );
    expect(found.byField).toEqual({
      account: 'There is no account "x". Did you mean "y"?',
      dispositions: '3, name: is missing.',
    });
    expect(found.others).toEqual(['Is of no kind.', 'gone: Is not a known key.']);
  });

  it('of a whole group stands at its first field, and a refusal without a place at the foot', () => {
    expect(
      problemsOf(error([{ path: 'documents.0.wrapUp', message: 'is not right' }]), ['wrapUp.timeout']).byField,
    ).toEqual({
      'wrapUp.timeout': 'Is not right.',
    });
    expect(problemsOf(error([]), []).others).toEqual(['No.']);
  });
});

describe('CSV', () => {
  it('comes back as it was written, whatever is in its cells', () => {
    const cell = oneof(
      string(),
      string({ unit: constantFrom('a', '"', ',', ';', '\n', '\r', "'", '=', '-', ' ', '@', '\t') }),
    );
    assert(
      property(array(array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const full = rows.filter((row) => row.some((text) => text !== ''));
        // What is told apart by its first line begins with a comma in it.
        const table = [['head', 'er'], ...full];
        expect(readCsv(writeCsv(table))).toEqual(table);
      }),
    );
  });

  it('writes nothing that a spreadsheet takes for a formula', () => {
    expect(writeCsv([['=1+1', '+49', '-x', '@y', 'plain']])).toBe("'=1+1,'+49,'-x,'@y,plain\r\n");
  });

  it('is read with semicolons and a byte order mark, too', () => {
    expect(readCsv('\uFEFFa;b\r\n"x;1";2\n\n')).toEqual([
      ['a', 'b'],
      ['x;1', '2'],
    ]);
  });

  it('of users says which line is wrong and why', () => {
    const { users } = readUsers(
      'username,skills,slots\nann,support 80; billing 5,3\n,support 1,\nbob,support,\ncy,,many\n',
    );
    expect(users).toEqual([
      {
        line: 2,
        document: { kind: 'user', username: 'ann', role: 'agent', skills: { support: 80, billing: 5 }, slots: 3 },
      },
      { line: 3, problem: { key: 'username' } },
      { line: 4, problem: { key: 'level', cell: 'support' } },
      { line: 5, problem: { key: 'slots', cell: 'many' } },
    ]);
    expect(readUsers('user,skills\n')).toEqual({ users: [], unknown: ['user'], hasNoNames: true });
  });
});

const momentOf = (text: string): number => Date.parse(text);

describe('opening times', () => {
  const office = [{ days: ['mon', 'tue'] as ('mon' | 'tue')[], from: '09:00', to: '17:00' }];
  it('of a night lie on two days', () => {
    const night = [{ days: ['mon'] as 'mon'[], from: '22:00', to: '06:00' }];
    expect(stretchesOf(night, 'mon')).toEqual([{ from: 22 * 60, to: 24 * 60 }]);
    expect(stretchesOf([{ days: ['mon'], from: '08:00', to: '23:59' }], 'mon')).toEqual([{ from: 480, to: 24 * 60 }]);
    expect(stretchesOf(night, 'tue')).toEqual([{ from: 0, to: 6 * 60 }]);
  });

  it('tell until when it is open or closed, in their zone', () => {
    // 2026-11-30 is a Monday; Stockholm is an hour ahead.
    const timeZone = 'Europe/Stockholm';
    expect(openNow({ open: office }, { at: momentOf('2026-11-30T09:00:00Z'), timeZone })).toEqual({
      isOpen: true,
      changesAt: 17 * 60,
    });
    expect(openNow({ open: office }, { at: momentOf('2026-11-30T07:00:00Z'), timeZone })).toEqual({
      isOpen: false,
      changesAt: 9 * 60,
    });
    expect(openNow({ open: [] }, { at: momentOf('2026-11-30T07:00:00Z'), timeZone })).toEqual({
      isOpen: false,
      changesAt: undefined,
    });
  });

  it('are less where a day, or a part of one, is closed', () => {
    const closedOn = [{ date: '2026-11-30', from: '12:00', to: '13:00' }, '2026-12-01'];
    const timeZone = 'UTC';
    expect(openNow({ open: office, closedOn }, { at: momentOf('2026-11-30T12:30:00Z'), timeZone })).toEqual({
      isOpen: false,
      changesAt: 13 * 60,
    });
    expect(openNow({ open: office, closedOn }, { at: momentOf('2026-12-01T10:00:00Z'), timeZone }).isOpen).toBe(false);
  });
});

const step = (values: Values, more: object = {}): number =>
  setUpStep({ isKept: false, values, checks: undefined, hasEvents: false, ...more });

describe('small things of a form', () => {
  it('split a duration and join it again', () => {
    for (const written of ['30s', '10m', '24h', '1d']) {
      const { amount, unit } = splitDuration(written);
      expect(joinDuration(amount, unit)).toBe(written);
    }
    expect(joinDuration('', 'm')).toBeUndefined();
  });

  it('know how far the set-up of an account is', () => {
    const given = { name: 'shop', pageId: '1', pageToken: 't', appSecret: 's' };
    expect([step({}), step({ pageToken: 't' }), step(given), step(given, { isKept: true })]).toEqual([1, 5, 6, 7]);
    const subscribed = [
      { check: 'app-subscription' as const, state: 'ok' as const, message: '' },
      { check: 'page-subscription' as const, state: 'ok' as const, message: '' },
    ];
    expect(step(given, { isKept: true, checks: subscribed })).toBe(8);
    expect(step(given, { isKept: true, hasEvents: true })).toBe(9);
  });
});

const words = (catalogue: unknown, path: string): unknown =>
  path.split('/').reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], catalogue);

const wordsOf = (kind: string, name: string): string =>
  name.startsWith('chat.')
    ? `fields/chat-settings/${name.slice('chat.'.length)}`
    : `fields/${kind}/${name.replaceAll('.', '-')}`;

const item = (document: object & { kind: string; name?: string; username?: string }): Item =>
  ({ kind: document.kind, name: document.name ?? document.username, document, version: '1' }) as Item;

function keysOf(section: ItemSection): string[] {
  const { path, kind, groups, columns } = section;
  const ofField = (field: Field, at: string): string[] => {
    const key = wordsOf(at, field.name);
    if (field.type === 'custom') return [];
    const choices = key.replace(/^fields/, 'choices');
    return [
      `${key}/label`,
      ...(field.type === 'choice' ? field.choices.map((choice) => `${choices}/${choice}`) : []),
      ...(field.type === 'choice' && field.isOptional ? [`${choices}/unset`] : []),
      ...(field.type === 'rows'
        ? [`${key}/add`, ...field.columns.flatMap((column) => ofField(column, `${at}-${field.name}`))]
        : []),
    ];
  };
  return [
    `sections/${path}/title`,
    ...(section.isPart ? [] : [`sections/${path}/new`]),
    ...columns.map(({ key }) => `columns/${key}`),
    ...groups.flatMap(({ key, fields }) => [
      `groups/${path}/${key}/title`,
      ...fields.flatMap((field) => ofField(field, kind)),
    ]),
  ];
}

describe('the sections of administration', () => {
  let sections: readonly ItemSection[];
  beforeAll(async () => {
    vi.stubGlobal('navigator', { languages: ['en'] });
    vi.stubGlobal('document', { documentElement: {} });
    sections = (await import('../../web/src/features/administration/sections.ts')).itemSections;
  }, 60_000);

  afterAll(() => vi.unstubAllGlobals());

  it('have every word that they show, in English and in German', () => {
    const missing = sections
      .flatMap(keysOf)
      .filter((key) => typeof words(adminEn, key) !== 'string' || typeof words(adminDe, key) !== 'string');
    expect(missing).toEqual([]);
  });

  it('have a place for everything that a file may say', () => {
    const missing = configurationDocumentSchema.options.flatMap((schema) => {
      const kind = schema.shape.kind.value;
      const own = sections.filter((section) => section.kind === kind);
      const names = own.flatMap(({ groups, only }) => [
        ...groups.flatMap(({ fields }) => fields.map(({ name }) => name.split('.')[0])),
        ...(only === undefined ? [] : ['name']),
      ]);
      return Object.keys(schema.shape)
        .filter((key) => key !== 'kind' && !names.includes(key))
        .map((key) => `${kind}.${key}`);
    });
    // Scenarios are edited in the Scenario Builder.
    expect(missing).toEqual(['scenario.source', 'scenario.note', 'scenario.file']);
  });

  it('name no field that a file does not know', () => {
    const unknown = sections.flatMap(({ kind, groups }) => {
      const schema = configurationDocumentSchema.options.find(({ shape }) => shape.kind.value === kind);
      const known = Object.keys(schema?.shape ?? {});
      return groups
        .flatMap(({ fields }) => fields)
        .filter(({ name, isOfScreen }) => !isOfScreen && !known.includes(name.split('.')[0] ?? ''))
        .map(({ name }) => `${kind}.${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('lead an empty installation from the first Page to the first chat', async () => {
    const { firstSteps } = await import('../../web/src/features/administration/model/first-steps.ts');
    const done = (items: Item[], scenarios = 0, chats = 0): string[] =>
      firstSteps({ items, scenarios, chats }).flatMap(({ key, isDone }) => (isDone ? [key] : []));
    expect(done([])).toEqual([]);
    const account = item({ kind: 'account', name: 'shop' });
    const service = item({ kind: 'service', name: 'care', skills: ['support'] } as never);
    const idle = item({ kind: 'user', username: 'ann', role: 'agent', skills: {} } as never);
    const agent = item({ kind: 'user', username: 'bob', role: 'agent', skills: { support: 5 } } as never);
    expect(done([account, service, idle])).toEqual(['account', 'service']);
    expect(done([account, service, agent], 1, 1)).toEqual(['account', 'service', 'agent', 'scenario', 'chat']);
  });
});
