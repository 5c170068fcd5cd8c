import { stringify } from 'yaml';
import { parseScenario } from '../../../../../scenario-dsl/parse/parse-scenario.ts';
import { ScenarioPlayer } from '../../../../../scenario-dsl/testing/scenario-player.ts';
import { readTestFile } from '../../../../../scenario-dsl/testing/read-test-file.ts';
import type { TestFile, TestStep } from '../../../../../scenario-dsl/testing/test-file-schema.ts';

/** What the phone and the trace show of a chat that is played. */
export interface PlayState {
  lines: readonly { at: number; who: string; text: string }[];
  quickReplies: readonly string[];
  /** Ways in the order in which they were taken. */
  path: readonly { block: string; way: string }[];
  /** Where it is now, and whether it has ended. */
  block: string | undefined;
  isEnded: boolean;
  elapsedMs: number;
  /** How long until something happens by itself; undefined: nothing does. */
  nextWakeMs: number | undefined;
  offered: string | undefined;
  talking: string | undefined;
  isSearching: boolean;
  steps: number;
  variables: Record<string, unknown>;
}

type Played = { state: PlayState } | { problem: string };

let player: ScenarioPlayer | undefined;

/** Begins a chat with a scenario. `settings`: agents, variables and answers, as a test file holds them. */
export function beginPlay(source: string, settings: string): Played {
  const { document, problems } = parseScenario(source);
  if (!document) return { problem: problems[0]?.message ?? 'The scenario has errors.' };
  const read = readSettings(settings);
  if ('problem' in read) return read;
  player = new ScenarioPlayer(document, read.file);
  return { state: describe(player) };
}

function readSettings(settings: string): { file: Omit<TestFile, 'tests'> } | { problem: string } {
  const read = readTestFile(`${settings.trimEnd()}\ntests: [{ name: x, steps: [{ customer: x }] }]\n`);
  if ('problems' in read)
    return { problem: read.problems.map(({ message, remedy }) => `${message} ${remedy}`).join(' ') };
  const { tests: _none, scenario: _other, ...file } = read.file;
  return { file };
}

export function playStep(step: TestStep): Played {
  if (!player) return { problem: 'Nothing is played.' };
  const mismatch = player.take(step);
  return mismatch ? { problem: mismatch.message } : { state: describe(player) };
}

export function backPlay(count: number): Played {
  if (!player) return { problem: 'Nothing is played.' };
  player.back(count);
  return { state: describe(player) };
}

/** What was played, as a test in the words of a test file. */
export function savePlay(name: string): string {
  const file = player?.toTestFile(name);
  return file ? stringify(file, { lineWidth: 120 }) : '';
}

function describe({ chat, stepCount }: ScenarioPlayer): PlayState {
  const { lines, path, isEnded, elapsedMs, nextWakeMs, variables, desk, messenger, result } = chat;
  const said = messenger.unread.at(-1);
  return {
    lines,
    quickReplies: (said?.quickReplies ?? []).map(({ title }) => title),
    path,
    block: result?.block,
    isEnded,
    elapsedMs,
    nextWakeMs: Number.isFinite(nextWakeMs) ? nextWakeMs : undefined,
    offered: desk.offered?.username,
    talking: desk.talking?.username,
    isSearching: desk.search !== undefined,
    steps: stepCount,
    variables,
  };
}
