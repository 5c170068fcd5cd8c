import { readFileSync } from 'node:fs';
import { array, assert, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentBlocks } from '../../../scenario-dsl/edit/block-segments.ts';
import type { Edited } from '../../../scenario-dsl/edit/change.ts';
import { describeGraph, type Graph } from '../../../scenario-dsl/edit/describe-graph.ts';
import {
  copyBlocks,
  deleteBlock,
  editList,
  insertOnWay,
  moveBlock,
  pasteBlocks,
} from '../../../scenario-dsl/edit/edit-canvas.ts';
import { setEnvelope, setField } from '../../../scenario-dsl/edit/edit-scenario.ts';
import { beginHistory, redo, undo, write } from '../../../web/src/features/builder/model/text-history.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { editAtRandom, message } from './edit-at-random.ts';

const mobileChat = readFileSync('scenarios/mobile-chat.yaml', 'utf8');
const starts = [
  mobileChat,
  ...['after-hours', 'lead-form', 'survey-after-chat'].map((name) => readFileSync(`scenarios/${name}.yaml`, 'utf8')),
  readFileSync('docs/blocks/exception-handler.yaml', 'utf8'),
  readFileSync('docs/blocks/switch.yaml', 'utf8'),
];

function edited(result: Edited): string {
  if ('problem' in result) throw new Error(result.problem);
  return result.source;
}

function wayOf(source: string, block: string, name: string): string | undefined {
  const found = describeGraph(source)?.blocks.find(({ id }) => id === block);
  return found?.exits.find((exit) => exit.name === name)?.target;
}

/** The lines that are gone (-) and new (+). */
function diff(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line.trim()}`),
  ];
}

describe('The picture of a scenario', () => {
  it('has each block with its ways out, also where the end is no block of its own', () => {
    const graph = describeGraph(mobileChat);
    expect(graph?.title).toBe('Mobile Chat');
    expect(graph?.blocks.map(({ id }) => id)).toEqual(
      'welcome about topic find-billing find found talk talked lost thanks closed end'.split(' '),
    );
    const ways = graph?.blocks.map(({ exits }) => exits.map(({ name, target }) => `${name} → ${target}`));
    expect(ways?.[1]).toEqual(['next → topic', 'send-error → undefined', 'timeout → thanks']);
    expect(ways?.[2]).toEqual([
      "$(question) contains 'invoice' → find-billing",
      "$(question) contains 'bye' → thanks",
      'else → find',
    ]);
    expect(ways?.[10]).toEqual(['next → undefined', 'send-error → undefined']);
    expect(graph?.blocks.at(-1)).toMatchObject({ id: 'end', isBuiltIn: true });
  });

  it('keeps a block with a mistake, and has none of a text that is no YAML', () => {
    const broken = mobileChat.replace('timeout: 10m', 'timeout: 10');
    expect(describeGraph(broken)?.blocks[1]).toMatchObject({ id: 'about', type: 'send-message', isBroken: true });
    expect(wayOf(broken, 'about', 'timeout')).toBe('thanks');
    expect(describeGraph(`${mobileChat}  : [`)).toBeUndefined();
  });

  it('knows what the scenario’s defaults wire', () => {
    const source = mobileChat.replace('blocks:', 'defaults: { exits: { send-error: closed } }\nblocks:');
    expect(wayOf(source, 'about', 'send-error')).toBe('closed');
    expect(wayOf(source, 'closed', 'send-error')).toBeUndefined();
  });
});

describe('An edit of the canvas', () => {
  it('puts a block on the way to the one below, which only the order says', () => {
    const way = { exit: 'next' };
    const source = edited(
      insertOnWay(mobileChat, { from: 'welcome', way, target: 'about', id: 'ask', block: message }),
    );
    expect(diff(mobileChat, source)).toEqual(['+ask:', '+send-message: { text: New }']);
    expect([wayOf(source, 'welcome', 'next'), wayOf(source, 'ask', 'next')]).toEqual(['ask', 'about']);
  });

  it('puts a block on the way of an exit, and changes no other way', () => {
    const way = { exit: 'timeout' };
    const source = edited(insertOnWay(mobileChat, { from: 'about', way, target: 'thanks', id: 'ask', block: message }));
    expect([wayOf(source, 'about', 'timeout'), wayOf(source, 'ask', 'next')]).toEqual(['ask', 'thanks']);
    expect(wayOf(source, 'closed', 'next'), 'the last block ended the conversation').toBe('end');
  });

  it('leads what led to a block that is deleted to where it went on', () => {
    const source = edited(deleteBlock(mobileChat, 'thanks'));
    expect(wayOf(source, 'about', 'timeout')).toBe('end');
    expect(wayOf(source, 'talked', 'UserHangup')).toBe('end');
    expect(wayOf(edited(deleteBlock(mobileChat, 'find')), 'topic', 'else')).toBe('found');
  });

  it('moves a block in the order with the comment above it', () => {
    const source = edited(moveBlock(mobileChat, { id: 'talk', by: -1 }));
    expect(
      describeGraph(source)
        ?.blocks.map(({ id }) => id)
        .slice(4, 7),
    ).toEqual(['find', 'talk', 'found']);
    expect(source).toMatch(/ten seconds is passed over[^\n]*\n {2}talk:/);
    expect(edited(moveBlock(source, { id: 'talk', by: 1 }))).toBe(mobileChat);
  });

  it('pastes blocks under free ids, which lead to one another as before', () => {
    const copied = copyBlocks(mobileChat, ['find-billing', 'find']);
    const pasted = pasteBlocks(mobileChat, copied);
    expect(pasted.ids).toEqual(['find-billing-2', 'find-2']);
    const source = edited(pasted);
    expect(wayOf(source, 'find-billing-2', 'no-agents')).toBe('find-2');
    expect(wayOf(source, 'find-billing', 'no-agents')).toBe('find');
    expect(pasteBlocks(mobileChat, 'not: [blocks').ids).toBeUndefined();
  });

  it('adds, moves and removes branches of an If', () => {
    const path: string[] = [];
    const value = { when: "$(question) contains 'price'", go: 'find' };
    const added = edited(
      editList(mobileChat, { block: 'topic', path, change: { kind: 'insert-item', index: 0, value } }),
    );
    expect(diff(mobileChat, added)).toEqual([`+- { when: '$(question) contains ''price''', go: find }`]);
    const moved = edited(editList(added, { block: 'topic', path, change: { kind: 'move-item', from: 0, to: 1 } }));
    expect(describeGraph(moved)?.blocks[2]?.exits.map(({ target }) => target)).toEqual([
      'find-billing',
      'find',
      'thanks',
      'find',
    ]);
    const gone = edited(editList(moved, { block: 'topic', path, change: { kind: 'remove-item', index: 1 } }));
    expect(gone).toBe(mobileChat);
  });

  it('sets a title as the first thing of a block, and takes it out again', () => {
    const source = edited(setEnvelope(mobileChat, { block: 'found', key: 'title', value: 'Found: one' }));
    expect(source).toContain("  found:\n    title: 'Found: one'\n    send-message:");
    expect(edited(setEnvelope(source, { block: 'found', key: 'title', value: '' }))).toBe(mobileChat);
  });

  it('takes a field out, and puts a map around one that has none', () => {
    const source = edited(setField(mobileChat, { block: 'welcome', path: ['wait', 'gather', 'quiet'], value: '5s' }));
    expect(source).toContain("thank you for writing.', wait: { gather: { quiet: '5s' } } }");
    expect(edited(setField(source, { block: 'welcome', path: ['wait'], value: undefined }))).toBe(mobileChat);
  });
});

/** The lines of each block by its id, without empty ones and the comments that stand below it for the next. */
function linesOf(source: string): Map<string, string> {
  const segments = segmentBlocks(source)?.segments ?? [];
  return new Map(
    segments.map(({ id, start, end }) => [id, source.slice(start, end).replace(/(?:\s*(?:#[^\n]*)?\n)*$/, '')]),
  );
}

function commentsOf(source: string): string[] {
  return source.split('\n').filter((line) => line.trim().startsWith('#'));
}

describe('2,000 edits of the canvas at random', () => {
  it('leave every other line as it was, and undone one by one the first text', () => {
    let made = 0;
    const dice = tuple(nat(1000), nat(1000), nat(1000), nat(1000));
    assert(
      property(nat(starts.length - 1), array(dice, { minLength: 40, maxLength: 40 }), (start, steps) => {
        const first = starts[start] ?? '';
        let history = beginHistory(first);
        const texts = [first];
        for (const [at, step] of steps.entries()) {
          const before = history.text;
          const graph = describeGraph(before);
          if (!graph) throw new Error(`not readable: ${before}`);
          const { result, touched } = editAtRandom(before, graph, step);
          if ('problem' in result || result.source === before) continue;
          made += 1;
          expectUntouched(before, result.source, { touched, graph });
          // Reading all of it takes longer than all the rest.
          if (made % 5 === 0) expectSamePicture(result.source);
          history = write(history, result.source, { kind: 'edit', at });
          texts.push(result.source);
        }
        for (const text of texts.toReversed()) {
          expect(history.text).toBe(text);
          history = undo(history);
        }
        for (const text of texts.slice(1)) {
          history = redo(history);
          expect(history.text).toBe(text);
        }
      }),
      { numRuns: 100, seed: 20 },
    );
    expect(made).toBeGreaterThan(2000);
  }, 120_000);
});

function expectUntouched(before: string, after: string, { touched, graph }: { touched: string[]; graph: Graph }): void {
  const [old, now] = [linesOf(before), linesOf(after)];
  const leadsTo = (id: string): boolean =>
    graph.blocks.find((block) => block.id === id)?.exits.some(({ target }) => touched.includes(target ?? '')) === true;
  for (const [id, lines] of old) {
    const isNamed = touched.some((name) => new RegExp(`\\b${name}\\b`).test(lines));
    if (!touched.includes(id) && !leadsTo(id) && !isNamed) expect(now.get(id)).toBe(lines);
  }
  const gone = [...old].filter(([id]) => touched.includes(id) && !now.has(id)).map(([, lines]) => lines);
  for (const comment of commentsOf(before)) {
    if (!gone.some((lines) => lines.includes(comment))) expect(after).toContain(comment);
  }
}

/** The canvas says what the language reads, whatever was kept of the text before. */
function expectSamePicture(after: string): void {
  const { document, readable } = parseScenario(after);
  const read = document ?? readable;
  const drawn = describeGraph(after);
  expect(drawn).toBeDefined();
  if (!read) return;
  const written = read.blocks.filter(({ isBuiltIn }) => isBuiltIn !== true);
  expect(drawn?.blocks.filter(({ isBuiltIn, isBroken }) => !isBuiltIn && !isBroken).map(({ id }) => id)).toEqual(
    written.map(({ id }) => id),
  );
}
