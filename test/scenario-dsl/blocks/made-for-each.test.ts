import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { documentOf, ScenarioRun } from '../scenario-run.ts';

const told = (block: string): string[] =>
  checkSource(
    `attendant: 2\nscenario: t\nblocks:\n  set: { set-variable: { slots: "= ['a']" } }\n  ask: ${block}`,
  ).problems.map(({ message, remedy }) => `${message} ${remedy}`);

const slots = (count: number): { id: string; day: string }[] =>
  Array.from({ length: count }, (_, index) => ({ id: `s${index + 1}`, day: `Day ${index + 1}` }));

function start(blocks: string, list: unknown): ScenarioRun {
  return new ScenarioRun(documentOf(blocks), { variables: { slots: list } });
}

function titles(run: ScenarioRun): string[] {
  const { lastEffect } = run;
  return lastEffect.kind === 'send-message' ? lastEffect.quickReplies.map(({ title }) => title) : [];
}

const choice = `
ask:
  request-input:
    text: When?
    type: choice
    into: slot
    choices: { each: slots, title: "$(each.day)", value: $(each.id), more: Later }
say:
  send-message: { text: "You chose $(slot)" }
`;

describe('Choices for each item of a list', () => {
  it('are quick replies, and the value of the one that is tapped or written is kept', () => {
    const run = start(choice, slots(3));
    expect(run.lastEffect).toMatchObject({ quickReplies: [{ title: 'Day 1', payload: 's1' }, {}, {}] });
    expect(run.answer('message.sent').write('day 2').lastEffect).toMatchObject({ text: 'You chose s2' });
  });

  it('come in pages, the last of which leads to the first', () => {
    const run = start(choice, slots(20));
    expect(titles(run)).toEqual([...slots(12).map(({ day }) => day), 'Later']);
    run.answer('message.sent').write('later');
    expect(run.lastEffect).toMatchObject({ text: 'When?' });
    expect(titles(run)).toEqual([
      ...slots(20)
        .slice(12)
        .map(({ day }) => day),
      'Later',
    ]);
    expect(titles(run.answer('message.sent').write('(more)'))).toContain('Day 1');
  });

  it('can be written from every page, and turning pages is no wrong answer', () => {
    const run = start(choice, slots(40));
    for (let page = 0; page < 5; page += 1) run.answer('message.sent').write('Later');
    expect(run.answer('message.sent').write('Day 39').lastEffect).toMatchObject({ text: 'You chose s39' });
  });

  it('without "more" are as many as Messenger takes', () => {
    expect(titles(start(choice.replace(', more: Later', ''), slots(20)))).toEqual(slots(13).map(({ day }) => day));
  });

  it('can come of an expression, and are none where the list is nothing', () => {
    const filtered = choice.replace('each: slots', `each: "= filter(slots, each.id != 's1')"`);
    expect(titles(start(filtered, slots(3)))).toEqual(['Day 2', 'Day 3']);
  });
});

const leads = (exits: string, list: unknown = []): unknown => {
  const wired = choice.replace('\nsay:', `\n  exits: ${exits}\nsay:`);
  return start(`${wired}  next: end\nnone: { send-message: { text: Nothing is free. } }\n`, list).lastEffect;
};

describe('A list that turns out empty', () => {
  it('of choices asks nothing: it leads where "no-data" does', () => {
    expect(leads('{ no-data: none }')).toMatchObject({ text: 'Nothing is free.' });
    expect(leads('{ no-data: none }', undefined)).toMatchObject({ text: 'Nothing is free.' });
    expect(leads('{ no-data: none }', [{ id: 's1' }])).toMatchObject({ text: 'Nothing is free.' });
    expect(leads('{ no-data: none }', slots(1))).toMatchObject({ text: 'When?' });
  });

  it('of choices leads where "invalid" does, where "no-data" is not wired', () => {
    expect(leads('{ invalid: none }')).toMatchObject({ text: 'Nothing is free.' });
    const run = start(choice, []);
    expect(run.lastEffect).toMatchObject({ text: 'You chose ' });
    expect(run.result.path).toContainEqual({ block: 'ask', way: 'no-data' });
  });

  it('of choices in the middle of a form ends the form', () => {
    const form = `
ask:
  request-input:
    form:
      - { name: who, text: Who? }
      - { name: slot, text: When?, type: choice, choices: { each: slots, title: "$(each.day)" } }
  exits: { no-data: none }
say: { send-message: { text: Booked }, next: end }
none: { send-message: { text: Nothing is free. } }
`;
    expect(start(form, []).answer('message.sent').write('Ada').lastEffect).toMatchObject({ text: 'Nothing is free.' });
    expect(start(form, slots(1)).answer('message.sent').write('Ada').lastEffect).toMatchObject({ text: 'When?' });
  });

  it('of a run that an older engine began is asked all the same, as it was', () => {
    const run = new ScenarioRun(documentOf(choice), { variables: { slots: [] }, engineVersion: 1 });
    expect(run.lastEffect).toMatchObject({ text: 'When?', quickReplies: [] });
  });

  const replies = `
show: { send-message: { text: Which?, quickReplies: { each: slots, title: "$(each.day)" }, wait: { into: day } }, exits: { timeout: end } }
say: { send-message: { text: "$(day)" }, exits: { send-error: none }, next: end }
none: { send-message: { text: Nothing is free. } }
`;

  it('of quick replies leaves the rest of the message, unless "no-data" is wired', () => {
    expect(start(replies, []).lastEffect).toMatchObject({ text: 'Which?', quickReplies: [] });
    expect(start(replies.replace('timeout: end', 'no-data: none'), []).lastEffect).toMatchObject({
      text: 'Nothing is free.',
    });
  });

  it('of cards that are the whole message waits for nobody', () => {
    const cards = `
show: { send-message: { cards: { each: slots, title: "$(each.day)" }, wait: { into: day } }, exits: { timeout: none } }
say: { send-message: { text: "$(day)" }, exits: { send-error: none }, next: end }
none: { send-message: { text: Nothing is free. } }
`;
    expect(start(cards, []).lastEffect).toMatchObject({ text: 'Nothing is free.' });
    expect(start(cards, slots(1)).lastEffect).toMatchObject({ text: '' });
    const shown = cards.replace(', wait: { into: day }', '').replace('timeout: none', 'no-data: none');
    expect(start(shown, []).lastEffect).toMatchObject({ text: 'Nothing is free.' });
    expect(start(shown, slots(1)).answer('message.sent').lastEffect).toMatchObject({ text: '' });
  });
});

const check = (blocks: string): string[] =>
  checkSource(`attendant: 2\nscenario: t\nblocks:\n${blocks.trim().replaceAll(/^/gm, '  ')}\n`).problems.map(
    ({ code, message }) => `${code}: ${message}`,
  );

const ask = (exits: string, each = 'slots'): string => `
ask: { request-input: { text: When?, type: choice, into: slot, choices: { each: "${each}", title: $(each) } }, exits: { timeout: end, invalid: end${exits} } }
say: { send-message: { text: "$(slot)" } }`;

const get =
  'get: { fetch-url: { url: "https://x.example", into: slots }, exits: { no-data: end, failed: end, timeout: end } }';

const again = (before: string): string[] =>
  check(`${get}${before}${ask('').replace('invalid: end', 'invalid: ask')}`).map((line) => line.split(':', 1)[0] ?? '');

describe('A list that may be empty', () => {
  const warning =
    'list-may-be-empty: The list "slots" may be empty here: nothing is asked then, and it leads where "invalid" does.';

  it('is told where nothing says where it leads', () => {
    expect(check(get + ask(''))).toEqual([warning]);
    expect(check(get + ask(', no-data: end'))).toEqual([]);
    expect(check(`set: { set-variable: { slots: '= []' } }${ask('')}`)).toEqual([warning]);
  });

  it.each([
    ['an If that counts it', `any: { if: [{ when: count(slots) == 0, go: end }] }`],
    ['an If that counts it the other way', `any: { if: [{ when: count($(slots)) > 0, go: ask }, { else: end }] }`],
    ['an If that asks whether it is empty', `any: { if: [{ when: $(slots) is empty, go: end }] }`],
    [
      'an If that asks for more',
      `any: { if: [{ when: "slots is not empty and today is not empty", go: ask }, { else: end }] }`,
    ],
    ['a value that is a list', `set: { set-variable: { slots: "= ['9:00', '10:00']" } }`],
    ['a value to which something is appended', `set: { set-variable: { slots: "= append(slots, 'Later')" } }`],
  ])('is not told behind %s', (_how, block) => {
    expect(check(`${get}\n${block}${ask('')}`)).toEqual([]);
    expect(check(`${get}\n${block}${ask('', "= sort(slots, 'at')")}`)).toEqual([]);
  });

  it('is told where what was asked has changed since, or was another list', () => {
    const counted = `${get}\nany: { if: [{ when: count(slots) == 0, go: end }] }`;
    expect(check(`${counted}\nset: { set-variable: { slots: "= filter(slots, each != 'x')" } }${ask('')}`)).toEqual([
      warning,
    ]);
    expect(check(counted + ask('', "= filter(slots, each != 'x')"))).toHaveLength(1);
    expect(
      check(`${counted}\ntake: { get-next-record: { from: slots, into: first }, exits: { no-data: end } }${ask('')}`),
    ).toEqual([warning]);
  });

  it('is none where a search has found something', () => {
    const search =
      'get: { search-object: { object: case, where: [{ field: customer, is: equal, value: $(customer.id) }], into: slots }, exits: { no-data: end, failed: end } }';
    expect(check(search + ask(''))).toEqual([]);
  });

  it('makes no loop where it is known to hold something, and one where it is not', () => {
    expect(again(`\nany: { if: [{ when: count(slots) == 0, go: end }] }`)).toEqual([]);
    expect(again('')).toContain('endless-silence');
  });
});

const shop = `
show:
  send-message:
    cards: { each: slots, title: "$(each.day)", buttons: [{ title: Take it, payload: "take $(each.id)" }], more: More }
    quickReplies: [{ title: None }]
    wait: { into: wish }
  exits: { timeout: end }
say: { send-message: { text: "$(wish)" } }
`;

describe('Cards and quick replies of a Send Message for each item of a list', () => {
  it('are shown in pages of ten cards, with a quick reply for the next', () => {
    const run = start(shop, slots(12));
    expect(titles(run)).toEqual(['None', 'More']);
    const elements = (): unknown =>
      run.lastEffect.kind === 'send-message' ? run.lastEffect.attachments?.[0] : undefined;
    expect(elements()).toMatchObject({
      template: { elements: [{ title: 'Day 1', buttons: [{ payload: 'take s1' }] }, ...slots(9).map(() => ({}))] },
    });
    const first = run.lastEffect.id;
    run.answer('message.sent').write('More');
    expect(run.lastEffect.id).not.toBe(first);
    expect(elements()).toMatchObject({ template: { elements: [{ title: 'Day 11' }, { title: 'Day 12' }] } });
    expect(run.answer('message.sent').write('take s12').lastEffect).toMatchObject({ text: 'take s12' });
  });

  it('have no quick reply for more where all of them fit', () => {
    expect(titles(start(shop, slots(10)))).toEqual(['None']);
    const run = start(shop, slots(10)).answer('message.sent').write('More');
    expect(run.lastEffect).toMatchObject({ text: 'More' });
  });

  it('or are quick replies themselves', () => {
    const replies = `
show: { send-message: { text: Which?, quickReplies: { each: slots, title: "$(each.day)", more: Other }, wait: { into: day } }, exits: { timeout: end } }
say: { send-message: { text: "$(day)" } }
`;
    const run = start(replies, slots(14));
    expect(titles(run).slice(-2)).toEqual(['Day 12', 'Other']);
    expect(titles(run.answer('message.sent').write('other'))).toEqual(['Day 13', 'Day 14', 'Other']);
  });
});

describe('What is made for each item is checked:', () => {
  it('the item is known, and the list has to be set', () => {
    expect(told('{ send-message: { text: Hi, quickReplies: { each: slots, title: $(each) }, wait: {} } }')).toEqual([]);
    expect(
      told('{ send-message: { text: Hi, quickReplies: { each: slot, title: $(each) }, wait: {} } }').join(' '),
    ).toContain('$(slot) is read here, but not set');
    expect(told('{ send-message: { text: "Hi $(each)" } }').join(' ')).toContain('$(each) is read here');
  });

  it('the source of the items is a list', () => {
    expect(told(`{ send-message: { cards: { each: "my slots", title: A } } }`)).toEqual([
      '"my slots" is no list. Write the name of a variable, or = and an expression: each: slots, each: "= filter(slots, each.free)".',
    ]);
  });

  it('its keys, as those of what is written one by one', () => {
    expect(told('{ send-message: { cards: { each: slots, titel: A } } }').join(' ')).toContain('Did you mean "title"?');
    expect(told('{ send-message: { cards: [{ titel: A }] } }').join(' ')).toContain('Did you mean "title"?');
    expect(told('{ send-message: { cards: 5 } }').join(' ')).toContain('a list, or a map with "each"');
  });

  it('"more" needs somebody who waits for its tap', () => {
    expect(told('{ send-message: { cards: { each: slots, title: $(each), more: More } } }')).toEqual([
      'Nobody waits for a tap on "more". Add wait: { into: <variable> }.',
    ]);
  });
});
