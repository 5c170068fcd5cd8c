import { describe, expect, it } from 'vitest';
import { findTemplateFaults } from '../../../scenario-dsl/expression/find-template-faults.ts';
import { parseExpression, parseTemplateText } from '../../../scenario-dsl/expression/parse-expression.ts';

function remedyOf(source: string): string | undefined {
  const parsed = parseExpression(source);
  return 'fault' in parsed ? parsed.fault.remedy : 'no fault';
}

describe('What authors write from other languages is told in ours:', () => {
  it.each([
    ['$(x) = 5', 'Write == to compare.'],
    ['$(x) === 5', 'Write == to compare.'],
    ['$(x) !== 5', 'Write != to compare.'],
    ['$(x) <> 5', 'Write !=.'],
    ['$(x) => 5', 'Write >=.'],
    ['$(x) ≥ 5', 'Write >=.'],
    ['$(x) > 5 && $(x) < 9', 'Write "and".'],
    ['$(x) || $(y)', 'Write "or".'],
    ['upper(name|there)', `A fallback stands at the end: $(upper(name)|text). Elsewhere write default(name, 'text').`],
    ['!$(x)', 'Write "not", or != to compare.'],
    ['$(x) == 1 AND $(y) == 2', 'Write "and" in small letters.'],
    ['NOT $(x)', 'Write "not" in small letters.'],
    ['$(x) == TRUE', 'Write true.'],
    ['$(x) == null', 'Ask whether something is there with "is empty": $(x) is empty.'],
    ["$(x) is 'yes'", "Write $(x) == 'yes'."],
    ["$(y) and $(x) is not 'yes'", "Write $(x) != 'yes'."],
    ['$(x) is null', 'Write $(x) is empty.'],
    ['$(x) is not null', 'Write $(x) is not empty.'],
    ['$(x) is greater than 5', 'Write $(x) > …'],
    ["$(x) includes 'a'", 'Write "contains".'],
    ["$(x) startsWith 'a'", 'Write "starts-with".'],
    ["$(x) equals 'a'", 'Write "==".'],
    ['1 < $(x) < 5', 'Write two comparisons with "and" between them: 1 < $(x) and $(x) < …'],
    ["$(list[0]) == 'a'", 'Parts have dots before them, items too, from 0: $(list.0).'],
    ["$(map['key'])", 'Parts have dots before them, items too, from 0: $(map.key).'],
    ['$(list[-1])', 'Write item($(list), -1).'],
    ['$(x) ? 1 : 2', `Write if(condition, one, other): if($(flag), 'yes', 'no').`],
    [
      `'a' & 'b'`,
      `Texts are put together without a sign and without =: '$(first)$(second)'. In a condition write "and".`,
    ],
    ['$(x) == true then end', 'Where it leads stands beside it: { when: …, go: <block id> }.'],
    ["$(x) matches '(?=a)b'", `Ask with two conditions: … matches '…' and … not matches '…'.`],
    ['now()', 'It is a variable, without parentheses: $(now).'],
    ['Today()', 'It is a variable, without parentheses: $(today).'],
    ['formatnumber(2)', 'Did you mean "formatNumber"?'],
    ['push($(a), 1)', 'Did you mean "append"?'],
    ["concat($(x), 'y')", `Texts are put together without =: '$(first)$(second)'.`],
    ['uppercase($(x))', 'Did you mean "upper"?'],
    ['customer.name.toUpperCase()', 'Did you mean "upper"?'],
    ['isEmpty($(x))', 'Write $(name) is empty.'],
    ['{ a: 1 }', 'A map cannot be written here. Set its parts one by one: order.id, order.name.'],
    ['$(age) > 18 and < 30', 'Say what is compared each time: $(age) < 30.'],
    ["$(x) contains 'a' or contains 'b'", "Say what is compared each time: $(x) contains 'b'."],
    ["name == 'a' or == 'b'", "Say what is compared each time: name == 'b'."],
    ['price * 49,90', 'A number has a point: 49.90.'],
    ['rate / income < 40%', 'A percentage is a part of one here: 0.4.'],
    ['year(today)', `Parts of a date: formatDate(today, 'yyyy'), 'M' or 'd'.`],
    ["formatDate($(d), 'DD.MM.YYYY')", 'Write dd.MM.yyyy.'],
    ["formatDate($(d), 'dd.mm.yyyy')", 'Write dd.MM.yyyy.'],
    ["formatDate($(d), 'yyyy-MM-ddTHH:mm')", 'Write yyyy-MM-dd[T]HH:mm.'],
  ])('%s: %s', (source, remedy) => {
    expect(remedyOf(source)).toBe(remedy);
  });

  it('and what is right has no fault', () => {
    for (const source of [
      "formatDate($(d), 'd.M.yyyy [at] H:mm')",
      '$(x) is not empty',
      'formatDate($(d), $(pattern))',
    ])
      expect(remedyOf(source)).toBe('no fault');
  });
});

describe('A fallback', () => {
  it.each([
    ['Hello $(crm.name|$(customer.firstName|)), welcome', `Write $(default(crm.name, customer.firstName, 'there')).`],
    ['Hello $(upper(a)|$(b|friend))', `Write $(default(upper(a), b, 'friend')).`],
  ])('with a substitution in it is refused: %s', (text, remedy) => {
    expect(parseTemplateText(text)).toMatchObject({ fault: { remedy } });
  });
});

describe('A text with several mistakes', () => {
  it('is told all of them', () => {
    const faults = findTemplateFaults('$(uper(a)) and $(b) and $(list[0]), $$(x), $(now()), $(c');
    expect(faults.map(({ at }) => at)).toEqual([2, 30, 45, 53]);
  });

  it('of which there are very many, is told twenty', () => {
    expect(findTemplateFaults('$(uper(a))'.repeat(1000))).toHaveLength(20);
    expect(findTemplateFaults('$('.repeat(20_000))).toHaveLength(1);
  });
});
