import type { MomentView, ReplayView } from '../../../contracts/time-travel-schema.ts';
import type { CommandIo } from '../../command.ts';
import { askApi } from '../publish/ask-api.ts';

/** `moment`: counted from 1; undefined: all of them in short. */
interface ReplayRequest {
  id: string;
  moment: number | undefined;
  isJson: boolean;
}

/** Prints where a conversation stood at each moment, or everything of one moment. Gives the exit code. */
export async function printReplay({ id, moment, isJson }: ReplayRequest, io: CommandIo): Promise<number> {
  const replay = await askApi(io, (call) => call('GET /api/v1/conversations/:id/replay', { params: { id } }));
  if (!replay) return 1;
  const { moments, stop } = replay;
  if (moment !== undefined && moment > moments.length) {
    io.printError(`There is no moment ${moment}: ${describeCount(moments.length)}.${stop === null ? '' : ` ${stop}`}`);
    return 1;
  }
  if (isJson) {
    const shown =
      moment === undefined
        ? replay
        : { ...moments[moment - 1], variables: Object.fromEntries(variablesAt(moments, moment)) };
    io.print(JSON.stringify(shown, null, 2));
    return 0;
  }
  const lines = moment === undefined ? describeReplay(replay) : describeMoment(replay, moment);
  lines.forEach(io.print);
  return 0;
}

/** Prints a conversation as a test file, for `> file`. Gives the exit code. */
export async function printSavedTest(id: string, io: CommandIo): Promise<number> {
  const saved = await askApi(io, (call) => call('GET /api/v1/conversations/:id/test', { params: { id } }));
  if (!saved) return 1;
  if (saved.source === null) {
    io.printError(saved.problem ?? 'No test could be made of it.');
    return 1;
  }
  io.print(saved.source.replace(/\n$/, ''));
  return 0;
}

const describeCount = (count: number): string =>
  count === 0 ? 'none is known' : count === 1 ? 'there is one' : `there are ${count}`;

function describeReplay({ scenario, moments, stop }: ReplayView): string[] {
  const head = scenario ? `${scenario.name}@${scenario.version.slice(0, 12)}` : 'No scenario';
  const width = String(moments.length).length;
  return [
    head,
    ...moments.flatMap((moment, index) => describeInShort(moment, String(index + 1).padStart(width))),
    ...(stop === null ? [] : [stop]),
  ];
}

function describeInShort(moment: MomentView, number: string): string[] {
  const indent = ' '.repeat(number.length + 2);
  return [`${number}  ${toHead(moment)}`, ...moment.said.map((said) => `${indent}  > ${oneLine(said)}`)];
}

function describeMoment({ moments }: ReplayView, number: number): string[] {
  const moment = moments[number - 1];
  if (!moment) return [];
  const variables = [...variablesAt(moments, number)].toSorted(([one], [other]) => one.localeCompare(other));
  return [
    toHead(moment),
    ...(moment.left.length > 0 ? [`came through: ${moment.left.join(', ')}`] : []),
    ...moment.said.map((said) => `said: ${oneLine(said)}`),
    ...moment.timers.map((at) => `timer: ${at}`),
    ...variables.map(([name, value]) => `${name in moment.changes ? '* ' : '  '}${name} = ${oneLine(value)}`),
  ];
}

function toHead({ at, cause, detail, block, asked, isEnded }: MomentView): string {
  const what = detail === undefined ? cause : `${cause}: ${oneLine(detail)}`;
  const where = isEnded ? 'ended' : asked === undefined ? block : `${block}, waits for ${asked}`;
  return `${at}  ${what}  [${where}]`;
}

/** Every variable as it is at a moment, as JSON by name. */
function variablesAt(moments: readonly MomentView[], number: number): Map<string, string> {
  const variables = new Map<string, string>();
  for (const { changes } of moments.slice(0, number)) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) variables.delete(name);
      else variables.set(name, value);
    }
  }
  return variables;
}

/** What customers write must not write lines of its own. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
