import { parse } from 'yaml';
import { findNearestName } from '../../../contracts/nearest-name.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import type { TestStep } from '../../../scenario-dsl/testing/test-file-schema.ts';

/** What a line of the terminal wants. */
export type PlayerCommand =
  | { type: 'step'; step: TestStep }
  | { type: 'choose'; number: number }
  | { type: 'go-on' }
  | { type: 'back'; count: number }
  | { type: 'show'; what: View; name?: string }
  | { type: 'stepping'; isOn: boolean }
  | { type: 'save'; file: string }
  | { type: 'quit' }
  | { type: 'wrong'; message: string };

export type View = 'variables' | 'timers' | 'path' | 'agents' | 'annotations' | 'asked' | 'help';

/** Steps of test files that can be written as `/kind value`. */
const stepKinds = [
  'after',
  'customer',
  'tap',
  'leaves',
  'sends',
  'outcome',
  'window',
  'page',
  'thread',
  'queue',
  'answers',
] as const;

const deeds = ['accept', 'reject', 'ignore', 'end', 'leave', 'ready', 'not-ready', 'log-in', 'log-out'];

const views: Record<string, View> = {
  variables: 'variables',
  timers: 'timers',
  path: 'path',
  agents: 'agents',
  annotations: 'annotations',
  asked: 'asked',
  help: 'help',
};

const otherNames = ['agent', 'next', 'back', 'stepping', 'save', 'quit'];

/** Reads a line: what the customer says, a number that presses a button, or a command after a slash. */
export function readLine(line: string): PlayerCommand {
  const text = line.trim();
  if (text === '') return { type: 'go-on' };
  if (/^\d{1,3}$/.test(text)) return { type: 'choose', number: Number(text) };
  if (!text.startsWith('/')) return { type: 'step', step: { customer: text } };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  const kind = stepKinds.find((candidate) => candidate === name);
  if (kind !== undefined) return readStep(`${kind}: ${rest === '' ? '~' : rest}`, `/${kind}`);
  const what = Object.hasOwn(views, name) ? views[name] : undefined;
  if (what !== undefined) return { type: 'show', what, ...(rest === '' ? {} : { name: rest }) };
  return readOther(name, rest);
}

function readOther(name: string, rest: string): PlayerCommand {
  switch (name) {
    case 'agent':
      return readDeed(rest);
    case 'next':
      return { type: 'go-on' };
    case 'back':
      return readBack(rest);
    case 'stepping':
      if (rest === 'on' || rest === 'off') return { type: 'stepping', isOn: rest === 'on' };
      return { type: 'wrong', message: 'Write /stepping on or /stepping off.' };
    case 'save':
      return rest === '' ? { type: 'wrong', message: 'Write /save name.test.yaml.' } : { type: 'save', file: rest };
    case 'quit':
      return { type: 'quit' };
    default:
      return refuse(name);
  }
}

function refuse(name: string): PlayerCommand {
  const names = [...stepKinds, ...Object.keys(views), ...otherNames];
  const nearest = findNearestName(name, names);
  const hint = nearest === undefined ? '/help lists what there is.' : `Did you mean /${nearest}?`;
  return { type: 'wrong', message: `/${name.slice(0, 40)} is nothing known. ${hint}` };
}

function readBack(rest: string): PlayerCommand {
  const count = rest === '' ? 1 : Number(rest);
  if (Number.isInteger(count) && count > 0) return { type: 'back', count };
  return { type: 'wrong', message: 'Write /back, or /back 3 for three steps.' };
}

/** `bob accept`, `bob leave Failure`, `bob says Hello`. */
function readDeed(rest: string): PlayerCommand {
  const [, agent = '', what = '', detail = ''] = /^(\S*)\s*(\S*)\s*(.*)$/s.exec(rest) ?? [];
  if (what === 'says') return readStep(JSON.stringify({ agent, says: detail }), '/agent');
  if (deeds.includes(what)) {
    const cause = detail === '' ? {} : { cause: detail };
    return readStep(JSON.stringify({ agent, does: what, ...cause }), '/agent');
  }
  return { type: 'wrong', message: `Write /agent <name> and one of: ${deeds.join(', ')}, says <text>.` };
}

/** Holds a step to the language of test files, and gives its problems in the same words. */
function readStep(yaml: string, command: string): PlayerCommand {
  let step: unknown;
  try {
    step = parse(yaml, { maxAliasCount: 0 });
  } catch {
    return { type: 'wrong', message: `What follows ${command} is not YAML: ${yaml.slice(0, 80)}` };
  }
  const read = readTestFile(JSON.stringify({ tests: [{ name: 'played', steps: [step] }] }));
  if ('problems' in read) {
    const [problem] = read.problems;
    return { type: 'wrong', message: problem ? `${problem.message} ${problem.remedy}` : 'That is no step.' };
  }
  const [first] = read.file.tests[0]?.steps ?? [];
  return first ? { type: 'step', step: first } : { type: 'wrong', message: 'That is no step.' };
}
