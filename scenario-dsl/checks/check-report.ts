import type { ChatTexts } from '../../contracts/chat-settings.ts';
import type { MediaType } from '../../contracts/outbound-attachment.ts';
import type { ScenarioLibrary } from '../document/expand-scenarios.ts';
import type { Finding } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import type { Flow } from './flow.ts';

/** What a check says of one place; `transcript`: the shortest chat that leads there, a line each. */
export interface CheckFinding extends Finding {
  check: string;
  transcript?: string[];
}

/** A finding with its place in the source. */
export interface CheckProblem extends Problem {
  /** The check that it belongs to; absent for what is wrong with the text itself. */
  check?: string;
  transcript?: string[];
}

/** How far a check can be trusted. `sound`: what it lets through cannot happen. `bounded`: see docs/scenario-checks.md. */
type Certainty = 'sound' | 'bounded';

/** What became of one check. */
export interface CheckOutcome {
  name: string;
  /** What holds when it has passed, as a sentence. */
  promise: string;
  certainty: Certainty;
  outcome: 'passed' | 'warned' | 'failed' | 'not-run';
  /** A bound that was proved, or why the check was not run. */
  note?: string;
}

/** What an admin knows of an agent before publishing. */
export interface ConfiguredAgent {
  username: string;
  /** Skill name to level, 1 to 100. */
  skills: Readonly<Record<string, number>>;
}

/** The part of a configuration that checks look at. */
export interface CheckConfiguration {
  agents: readonly ConfiguredAgent[];
  services: readonly { name: string; skills: readonly string[] }[];
  /** `scenario`: as the entry names it, with a pinned version where it has one; `texts`: what holds for its customers, wherever it is said. */
  entries: readonly { name: string; scenario: string; texts?: ChatTexts }[];
  /** User names, also of those who take no chats. */
  users: readonly string[];
  hours: readonly string[];
  bots: readonly string[];
  models: readonly string[];
  surveys: readonly string[];
  secrets: readonly string[];
  /** Those of our own; absent where only a running Attendant would know. */
  files?: readonly { id: string; type: MediaType }[];
}

export interface CheckOptions {
  /** The version that the source is, sha256 in hex: an entry that is pinned to another one does not begin it. */
  version?: string;
  /** The scenarios that others may start, by name; where absent the checks do not look into them. */
  scenarios?: ScenarioLibrary;
  /** Without it what needs agents and services is reported as not run. */
  configuration?: CheckConfiguration;
}

/** One check: a pure function over the scenario's graph. */
export interface Check {
  name: string;
  promise: string;
  certainty: Certainty;
  run: (flow: Flow, options: CheckOptions) => { findings: CheckFinding[]; note?: string } | { notRun: string };
}
