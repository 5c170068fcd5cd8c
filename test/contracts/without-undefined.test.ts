import { expect, expectTypeOf, it } from 'vitest';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

it('A field that is undefined is absent afterwards; null, false, 0 and "" stay', () => {
  const kept = withoutUndefined({ a: undefined, b: null, c: false, d: 0, e: '' });
  expect(Object.entries(kept)).toEqual([
    ['b', null],
    ['c', false],
    ['d', 0],
    ['e', ''],
  ]);
});

it('What may be undefined may be absent by its type, and what is there always stays so', () => {
  const given: { name: string; age: number | undefined; town?: string } = { name: 'Ada', age: undefined };
  const kept = withoutUndefined(given);
  expectTypeOf(kept.name).toEqualTypeOf<string>();
  expectTypeOf<{ name: string }>().toExtend<typeof kept>();
  expect(kept).toStrictEqual({ name: 'Ada' });
});

it('The object itself stays as it is', () => {
  const given = { a: undefined };
  expect(withoutUndefined(given)).not.toBe(given);
  expect(Object.keys(given)).toEqual(['a']);
});
