import { formatDuration } from '../../contracts/duration.ts';
import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { findVariable } from '../expression/variables.ts';
import { isSubset } from './is-subset.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import type { SimulatedChat } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import type { Expectation } from './test-file-schema.ts';

type Meet = (expected: Expectation, chat: SimulatedChat, document: ScenarioDocument) => void;

/**
 * Compares what a test says of the conversation with what it is.
 * @throws StepMismatch at the first difference
 */
export function meetExpectation(expected: Expectation, chat: SimulatedChat, document: ScenarioDocument): void {
  for (const meet of meets) meet(expected, chat, document);
}

const meets: readonly Meet[] = [
  ({ block }, { result }) => compare('block', block, result?.block),
  ({ ended }, { isEnded }) => compare('ended', ended, isEnded),
  ({ path }, chat) => compareLists('path', path, getPath(chat)),
  ({ exits }, chat, document) => compareLists('exits', exits, getExits(chat, document)),
  ({ timers }, chat) =>
    compareLists(
      'timers',
      timers?.map((time) => formatDuration(parseTimeSpan(time) ?? 0)),
      chat.timers.map(formatDuration),
    ),
  ({ asked }, { operations }) => {
    if (asked === undefined) return;
    if (Array.isArray(asked)) comparePartly('asked', asked, operations.asked);
    else comparePartly('asked', [asked], operations.asked.slice(-1));
  },
  ({ annotations }, { operations }) => comparePartly('annotations', annotations, operations.annotations),
  ({ offered }, { desk }) => compare('offered', offered, desk.offered?.username ?? null),
  ({ talking }, { desk }) => compare('talking', talking, desk.talking?.username ?? null),
  ({ variables = {} }, chat) => {
    for (const [name, value] of Object.entries(variables)) {
      compare(`$(${name})`, value, findVariable(chat.variables, name.split('.')) ?? null);
    }
  },
  ({ searching }, { desk: { search } }) => {
    if (typeof searching !== 'object') compare('searching', searching, search !== undefined);
    else
      for (const [name, value] of Object.entries(searching))
        compare(name, value, search?.[name as keyof typeof search]);
  },
];

/** The blocks that the conversation came to, in order. */
function getPath({ path, result, isEnded }: SimulatedChat): string[] {
  const left = path.map(({ block }) => block);
  return result && !isEnded ? [...left, result.block] : left;
}

/** The named exits that were taken, in order, as `block.exit`. */
function getExits({ path }: SimulatedChat, { blocks }: ScenarioDocument): string[] {
  const exitsByBlock = new Map(blocks.map((block) => [block.id, getBlockWays(block).exits.map(({ name }) => name)]));
  return path
    .filter(({ block, way }) => exitsByBlock.get(block)?.includes(way))
    .map(({ block, way }) => `${block}.${way}`);
}

function compare(name: string, expected: unknown, actual: unknown): void {
  if (expected === undefined || isSame(expected, actual)) return;
  throw new StepMismatch(`${name} is not as expected.`, {
    expected: [`${name}: ${show(expected)}`],
    actual: [`${name}: ${show(actual)}`],
  });
}

/** Shows the whole lists where they differ, so that the reader sees where. */
function compareLists(name: string, expected: string[] | undefined, actual: string[]): void {
  if (expected === undefined || isSame(expected, actual)) return;
  throw new StepMismatch(`${name} is not as expected.`, {
    expected: [`${name}: ${expected.join(', ') || 'none'}`],
    actual: [`${name}: ${actual.join(', ') || 'none'}`],
  });
}

/** Each of a list has what the test names of it; the rest of it may be anything. */
function comparePartly(name: string, expected: readonly unknown[] | undefined, actual: readonly unknown[]): void {
  if (expected === undefined || isSubset(expected, actual)) return;
  throw new StepMismatch(`${name} is not as expected.`, {
    expected: [
      ...expected.map((item) => `${name}: ${show(item)}`),
      ...(expected.length === 0 ? [`${name}: none`] : []),
    ],
    actual: [...actual.map((item) => `${name}: ${show(item)}`), ...(actual.length === 0 ? [`${name}: none`] : [])],
  });
}

/** By their JSON, with keys in order: what a test writes and what a run holds are plain data. */
function isSame(a: unknown, b: unknown): boolean {
  return show(a) === show(b);
}

function show(value: unknown): string {
  return JSON.stringify(value, inKeyOrder) ?? 'nothing';
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
