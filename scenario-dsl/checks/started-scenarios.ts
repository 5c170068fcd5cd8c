import type { ScenarioDocument } from '../document/document.ts';
import {
  expandScenarios,
  getOwnBlock,
  listStartedScenarios,
  type ScenarioLibrary,
} from '../document/expand-scenarios.ts';
import type { CheckFinding, CheckOutcome } from './check-report.ts';

const check = {
  name: 'started-scenarios-exist',
  promise: 'Every scenario that is started exists, none starts itself, and the checks look into them.',
  certainty: 'sound',
} as const;

/** The document with the scenarios that it starts put in, as far as they are known, and what is to be said of them. */
export function expandForChecks(
  document: ScenarioDocument,
  library: ScenarioLibrary | undefined,
): { document: ScenarioDocument; findings: CheckFinding[]; outcomes: CheckOutcome[] } {
  const names = listStartedScenarios(document);
  if (names.length === 0) return { document, findings: [], outcomes: [] };
  if (!library) {
    const note = `What ${names.join(', ')} does is not known here.`;
    return { document, findings: [], outcomes: [{ ...check, outcome: 'not-run', note }] };
  }
  const expanded = expandScenarios(document, library);
  if (!('fault' in expanded)) {
    return { document: expanded.document, findings: [], outcomes: [{ ...check, outcome: 'passed' }] };
  }
  const { block, ...fault } = expanded.fault;
  const path = ['blocks', block, 'start-another-scenario', 'scenario'];
  const finding: CheckFinding = { check: check.name, severity: 'error', ...fault, path };
  return { document, findings: [finding], outcomes: [{ ...check, outcome: 'failed' }] };
}

/** What is wrong inside of a started scenario is told at the block that starts it: its own text is another file. */
export function atOwnBlock(finding: CheckFinding): CheckFinding {
  const [root, block] = finding.path;
  if (root !== 'blocks' || typeof block !== 'string' || getOwnBlock(block) === block) return finding;
  const { at: _at, ...rest } = finding;
  return { ...rest, message: `In ${block}: ${finding.message}`, path: ['blocks', getOwnBlock(block)], atKey: true };
}
