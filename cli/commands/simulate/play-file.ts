import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { formatDuration } from '../../../contracts/duration.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { collectMaterial } from '../../../scenario-dsl/testing/random-steps.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { ScenarioPlayer, type PlayerSettings } from '../../../scenario-dsl/testing/scenario-player.ts';
import { findMissingInput } from '../../../scenario-dsl/testing/check-inputs.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import type { TestStep } from '../../../scenario-dsl/testing/test-file-schema.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import { readTextFile } from '../../read-text-file.ts';
import { formatFileProblem, type FileProblem } from '../apply/file-problem.ts';
import { expandFile } from '../test/expand-file.ts';
import type { SimulateIo } from './chat-with-page.ts';
import { readLine, type PlayerCommand } from './read-line.ts';
import { listChoices, showNewLines, showView } from './show-chat.ts';

interface PlayRequest {
  scenario: string;
  /** A test file whose settings are taken. */
  settings: string | undefined;
  isStepping: boolean;
}

/**
 * Plays a scenario file with the lines of the input until it ends. Gives the exit code: 1 where the file cannot be played, or
 * where a line of a pipe could not be carried out.
 */
export async function playFile(request: PlayRequest, io: SimulateIo): Promise<number> {
  const loaded = await loadPlayer(request);
  if ('problems' in loaded) {
    for (const problem of loaded.problems) io.printError(formatFileProblem(problem));
    return 1;
  }
  const { player, title } = loaded;
  if (request.isStepping) player.take({ sends: 'hold' });
  io.print(`${title}: write as the customer; /help says what else there is.`);
  const isTerminal = 'isTTY' in io.input && io.input.isTTY === true;
  let refusals = 0;
  for await (const line of createInterface({ input: io.input })) {
    const command = readLine(line);
    if (command.type === 'quit') break;
    const since = player.chat.lines.length;
    const refusal = await carryOut(player, command, io);
    if (refusal === undefined) {
      if (command.type !== 'show' && command.type !== 'save') showNewLines(player.chat, since).forEach(io.print);
      continue;
    }
    refusals += 1;
    io.printError(refusal);
  }
  return refusals > 0 && !isTerminal ? 1 : 0;
}

interface LoadedPlayer {
  player: ScenarioPlayer;
  title: string;
}

async function loadPlayer({ scenario, settings }: PlayRequest): Promise<LoadedPlayer | { problems: FileProblem[] }> {
  const source = await readScenarioFile(scenario);
  if ('problem' in source) return { problems: [source.problem] };
  const { document, problems } = parseScenario(source.text);
  if (!document) return { problems: problems.map(source.place) };
  const settingsFile = settings ?? scenario.replace(/\.(ya?ml|json)$/, '.test.yaml');
  const read = await readSettings(settingsFile, settings !== undefined);
  if ('problems' in read) return read;
  const expanded = await expandFile(scenario, document);
  if ('problem' in expanded) return { problems: [expanded.problem] };
  const missing = findMissingInput({ ...read.variables }, document);
  if (missing !== undefined) {
    const remedy = `Give it in "variables" of the settings: ${settingsFile}.`;
    return { problems: [{ file: scenario, message: `The scenario needs its input "${missing}".`, remedy }] };
  }
  const player = new ScenarioPlayer(expanded.document, { ...createSettings(document), ...read });
  return { player, title: document.title ?? document.scenario };
}

/** An agent with every skill that the scenario asks for, and one with a little of them. */
function createSettings(document: ScenarioDocument): PlayerSettings {
  return { agents: collectMaterial(document).agents };
}

/** The settings of a test file; nothing where there is none and none was named. */
async function readSettings(file: string, isNamed: boolean): Promise<PlayerSettings | { problems: FileProblem[] }> {
  const source = await readTextFile(file);
  if ('problem' in source) return source.isMissing && !isNamed ? {} : { problems: [source.problem] };
  const read = readTestFile(source.text);
  if ('problems' in read) return { problems: read.problems.map((problem) => ({ ...problem, file })) };
  const { tests: _tests, scenario: _scenario, ...settings } = read.file;
  return settings;
}

/** Does what a line wants. Gives why it could not be done. */
async function carryOut(player: ScenarioPlayer, command: PlayerCommand, io: SimulateIo): Promise<string | undefined> {
  switch (command.type) {
    case 'step':
      return take(player, command.step);
    case 'choose':
      return choose(player, command.number);
    case 'go-on':
      return goOn(player);
    case 'back':
      return goBack(player, command.count, io);
    case 'stepping':
      return take(player, { sends: command.isOn ? 'hold' : 'work' });
    case 'show':
      showView(player.chat, command.what, command.name).forEach(io.print);
      return undefined;
    case 'save':
      return save(player, command.file, io);
    case 'wrong':
      return command.message;
    case 'quit':
      return undefined;
  }
}

function take(player: ScenarioPlayer, step: TestStep): string | undefined {
  const mismatch = player.take(step);
  if (!mismatch) return undefined;
  return [mismatch.message, ...mismatch.actual.map((line) => `    ${line}`), `    ${tellNext(player)}`].join('\n');
}

/** What can be done where the conversation is. */
function tellNext({ chat }: ScenarioPlayer): string {
  const { messenger, desk, nextWakeMs, isEnded, result } = chat;
  if (!result) return 'Next: write as the customer; the first message opens the conversation.';
  if (isEnded) return 'Next: /back takes the last step back, /save keeps the conversation as a test.';
  if (messenger.held) return 'Next: an empty line sends the message that is held back.';
  if (desk.offered) return `Next: /agent ${desk.offered.username} accept, or reject.`;
  if (desk.talking) return `Next: /agent ${desk.talking.username} says …, or end; or write as the customer.`;
  if (desk.search && nextWakeMs === Infinity) return `Next: /agent ${desk.agents.usernames[0] ?? '<name>'} ready.`;
  const orWait = nextWakeMs === Infinity ? '' : ', or an empty line to let the next thing happen by itself';
  const orPress = listChoices(chat).length === 0 ? '' : ', a number to press a button';
  return `Next: write as the customer${orPress}${orWait}.`;
}

/** A number that no button has is what the customer writes. */
function choose(player: ScenarioPlayer, number: number): string | undefined {
  const title = listChoices(player.chat)[number - 1];
  return take(player, title === undefined ? { customer: String(number) } : { tap: title });
}

function goOn(player: ScenarioPlayer): string | undefined {
  const { messenger, nextWakeMs, isEnded, result } = player.chat;
  if (!result) return `The conversation has not begun. ${tellNext(player)}`;
  if (isEnded) return `The conversation has ended. ${tellNext(player)}`;
  if (messenger.held) return take(player, { outcome: 'sent' });
  if (nextWakeMs === Infinity) return `Nothing happens by itself. ${tellNext(player)}`;
  return take(player, { after: formatDuration(Math.max(1, Math.ceil(nextWakeMs))) });
}

function goBack(player: ScenarioPlayer, count: number, { print }: SimulateIo): string | undefined {
  if (player.stepCount === 0) return `There is no step to take back. ${tellNext(player)}`;
  print(`-- ${player.back(count)} taken back; the last lines are:`);
  player.chat.lines.slice(-3).forEach(({ who, text }) => print(`    ${who === '' ? `(${text})` : `${who}: ${text}`}`));
  return undefined;
}

/** Never over a file that is there: a test is somebody's work. */
async function save(player: ScenarioPlayer, file: string, { print }: SimulateIo): Promise<string | undefined> {
  try {
    await writeFile(file, stringify(player.toTestFile('played in the terminal'), { lineWidth: 120 }), { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    return isThere
      ? `${file} is there already: choose another name.`
      : `${file} cannot be written: choose a folder that is there and that you may write in.`;
  }
  print(`-- saved as ${file}`);
  return undefined;
}
