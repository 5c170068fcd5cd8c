import { parseScenario } from '../parse/parse-scenario.ts';
import { readSource } from '../parse/read-source.ts';
import type { Problem } from '../problems/problem.ts';
import type { CheckFinding, CheckOptions, CheckOutcome, CheckProblem } from './check-report.ts';
import { checkOfProblem, checkReadableBlocks, checkScenario, skipChecks } from './check-scenario.ts';

/** Everything that is known of a scenario's source before it is published; `isPublishable`: there are warnings at most. */
export interface CheckReport {
  scenario?: string;
  isPublishable: boolean;
  problems: CheckProblem[];
  checks: CheckOutcome[];
}

/** Reads a source and runs every check on it; problems stand in the order of the file. Never throws, whatever the text is. */
export function checkSource(source: string, options: CheckOptions = {}): CheckReport {
  const { document, problems, readable } = parseScenario(source);
  if (!document) {
    const more = readable ? locateAll(source, checkReadableBlocks(readable)) : [];
    const codes = new Set([...problems, ...more].map(({ code }) => code));
    return {
      isPublishable: false,
      problems: inOrder([...problems.map(withCheck), ...more]),
      checks: skipChecks('The file has to be free of the errors above first.', codes),
    };
  }
  const { findings, checks } = checkScenario(document, options);
  const located = locateAll(source, findings);
  const isRepeated = ({ code, path }: Problem): boolean =>
    located.some((other) => other.code === code && other.path === path);
  const first = problems.filter((problem) => !isRepeated(problem) && !isToBeAssessed(problem));
  const all = [...first.map(withCheck), ...located];
  return {
    scenario: document.scenario,
    isPublishable: all.every(({ severity }) => severity === 'warning'),
    problems: inOrder(all),
    checks,
  };
}

function inOrder(problems: readonly CheckProblem[]): CheckProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** Whether a loop with a choice ends by itself only the check knows: it says it again where it does not. */
function isToBeAssessed({ code, severity }: Problem): boolean {
  return code === 'endless-loop' && severity === 'warning';
}

function withCheck(problem: Problem): CheckProblem {
  const check = checkOfProblem[problem.code];
  return check === undefined ? problem : { ...problem, check };
}

/** The text is read again only where there is something to find in it. */
function locateAll(source: string, findings: readonly CheckFinding[]): CheckProblem[] {
  if (findings.length === 0) return [];
  const read = readSource(source);
  return findings.map((finding) => ({
    ...read.locate(finding),
    check: finding.check,
    ...(finding.transcript ? { transcript: finding.transcript } : {}),
  }));
}
