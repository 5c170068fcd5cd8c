// The checks before publishing: pure, so that CLI, api and browser come to the same result.
import type { ScenarioDocument } from '../document/document.ts';
import { checkTargets } from '../parse/check-flow.ts';
import { agentsAreConnected } from './agents-are-connected.ts';
import { agentsCanBeFound } from './agents-can-be-found.ts';
import type { Check, CheckFinding, CheckOptions, CheckOutcome } from './check-report.ts';
import { entriesSpeak } from './entries-speak.ts';
import { fieldsAreMeant } from './fields-are-meant.ts';
import { buildFlow, type Flow } from './flow.ts';
import { listsAreFilled } from './lists-are-filled.ts';
import { withoutFilledLists } from './offered-lists.ts';
import { messagesFit } from './messages-fit.ts';
import { messagesInWindow } from './messages-in-window.ts';
import { silenceEnds } from './silence-ends.ts';
import { atOwnBlock, expandForChecks } from './started-scenarios.ts';
import { namesAreConfigured } from './names-are-configured.ts';
import { parametersAreGiven } from './parameters-are-given.ts';
import { blocksAreReached, loopsWait } from './structure-checks.ts';
import { titlesAreShown } from './titles-are-shown.ts';
import { textsAreMeant } from './texts-are-meant.ts';
import { typesAgree } from './types-agree.ts';
import { variablesAreSet } from './variables-are-set.ts';
import { waysAreMeant } from './ways-are-meant.ts';

/** What the checks say of a document. No error among the findings: it can be published. */
export interface ScenarioCheck {
  findings: CheckFinding[];
  checks: CheckOutcome[];
}

/** These two are decided by what `parseScenario` lets through; without them there is no graph to look at. */
const targetsExist = {
  name: 'exits-lead-somewhere',
  promise: 'Every exit leads to a block.',
  certainty: 'sound',
} as const;
const waitsAreBounded = {
  name: 'waits-are-bounded',
  promise: 'Every wait for the customer, or for an agent to answer, ends by a clock.',
  certainty: 'sound',
} as const;

const flowChecks: readonly Check[] = [
  blocksAreReached,
  loopsWait,
  variablesAreSet,
  typesAgree,
  parametersAreGiven,
  agentsAreConnected,
  messagesInWindow,
  messagesFit,
  titlesAreShown,
  listsAreFilled,
  agentsCanBeFound,
  namesAreConfigured,
  entriesSpeak,
  silenceEnds,
  textsAreMeant,
  waysAreMeant,
  fieldsAreMeant,
];

/** Which check a problem of `parseScenario` belongs to. */
export const checkOfProblem: Readonly<Record<string, string>> = {
  'unknown-block': targetsExist.name,
  'unknown-exit': targetsExist.name,
  'bad-duration': waitsAreBounded.name,
  'unreachable-block': blocksAreReached.name,
  'endless-loop': loopsWait.name,
  'text-too-long': messagesFit.name,
};

/** Runs every check on a document that `parseScenario` has let through. Pure; a few milliseconds for 200 blocks. */
export function checkScenario(document: ScenarioDocument, options: CheckOptions = {}): ScenarioCheck {
  const wrongTargets = checkTargets(
    document.blocks,
    document.blocks.map(({ id }) => id),
  ).map((finding) => ({ ...finding, check: targetsExist.name }));
  const fixed: CheckOutcome[] = [
    { ...targetsExist, outcome: wrongTargets.length > 0 ? 'failed' : 'passed' },
    { ...waitsAreBounded, outcome: 'passed' },
  ];
  if (wrongTargets.length > 0) {
    return { findings: wrongTargets, checks: [...fixed, ...skipFlowChecks('Some exit leads to no block.')] };
  }
  const expanded = expandForChecks(document, options.scenarios);
  const results = runFlowChecks(withoutFilledLists(buildFlow(expanded.document)), options);
  return {
    findings: [...expanded.findings, ...results.flatMap(({ findings }) => findings.map(atOwnBlock))],
    checks: [...fixed, ...expanded.outcomes, ...results.map(({ outcome }) => outcome)],
  };
}

/** What looks at each block by itself, and so has something to say of a file that has errors elsewhere. */
const blockChecks: readonly Check[] = [messagesFit, textsAreMeant, fieldsAreMeant];

/** The checks of single blocks on those that could be read, so that all is told at once. */
export function checkReadableBlocks(document: ScenarioDocument): CheckFinding[] {
  const flow = buildFlow(document);
  return blockChecks.flatMap((check) => {
    const result = check.run(flow, {});
    return 'findings' in result ? result.findings : [];
  });
}

/** Every check, as it stands for a source that is no scenario yet. */
export function skipChecks(note: string, problemCodes: ReadonlySet<string>): CheckOutcome[] {
  const failed = new Set([...problemCodes].map((code) => checkOfProblem[code]));
  const fixed = [targetsExist, waitsAreBounded].map((check) => ({ ...check, outcome: 'not-run' as const, note }));
  return [...fixed, ...skipFlowChecks(note)].map((outcome) => {
    if (!failed.has(outcome.name)) return outcome;
    const { note: _note, ...rest } = outcome;
    return { ...rest, outcome: 'failed' };
  });
}

function skipFlowChecks(note: string): CheckOutcome[] {
  return flowChecks.map(({ name, promise, certainty }) => ({ name, promise, certainty, outcome: 'not-run', note }));
}

function runFlowChecks(flow: Flow, options: CheckOptions): { findings: CheckFinding[]; outcome: CheckOutcome }[] {
  return flowChecks.map(({ name, promise, certainty, run }) => {
    const result = run(flow, options);
    if ('notRun' in result) {
      return { findings: [], outcome: { name, promise, certainty, outcome: 'not-run', note: result.notRun } };
    }
    const note = result.note === undefined ? {} : { note: result.note };
    return {
      findings: result.findings,
      outcome: { name, promise, certainty, outcome: gradeOf(result.findings), ...note },
    };
  });
}

function gradeOf(findings: readonly CheckFinding[]): CheckOutcome['outcome'] {
  if (findings.length === 0) return 'passed';
  return findings.some(({ severity }) => severity === 'error') ? 'failed' : 'warned';
}
