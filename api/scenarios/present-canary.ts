import type { ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import { numberOf, type Publication } from '../../adapters/mongo/configuration/publications-repository.ts';
import type { Canary, CanaryEnd, CanaryStep, Verdict } from '../../contracts/canary.ts';
import type { PublicationReport } from '../../contracts/publication-report.ts';
import type { CanaryView, PublicationReportView, VerdictView } from '../../contracts/publication-schema.ts';
import type { CanaryComparison } from './compare-canary.ts';
import { presentPublication } from './put-in-force.ts';

/** A canary as the API shows it, beside the version that the other conversations begin with. */
export function presentCanary(head: ScenarioHead, canary: Canary, compared: CanaryComparison): CanaryView {
  const { number, version, percent, revision, startedAt, author, note = null, guardrails, steps, end } = canary;
  return {
    scenario: head.name,
    number,
    version,
    percent,
    revision,
    startedAt: new Date(startedAt).toISOString(),
    author,
    note,
    guardrails,
    steps: steps.map(presentStep),
    end: end ? presentEnd(end) : null,
    canary: { version, number, ...compared.canary },
    rest: { version: head.version, number: numberOf(head), ...compared.rest },
    // What ended it is what was compared then.
    verdicts: (end?.verdicts ?? compared.verdicts).map(presentVerdict),
  };
}

type Kept = Omit<PublicationReport, 'scenario' | 'number' | 'version'>;

/** Of what was published before there were reports. */
const NOTHING_KEPT: Kept = { changes: [], changesLeftOff: 0, problems: [], problemsLeftOff: 0, running: 0, shown: {} };

/** The report of a publication. `head`: what is in force now; a canary that is not its any more has ended. */
export function presentPublicationReport(
  publication: Publication,
  report: Kept = NOTHING_KEPT,
  head?: ScenarioHead,
): PublicationReportView {
  const { name, number, version, publishedAt, author, note, isRollback } = presentPublication(publication, head);
  const { since, changes, changesLeftOff, checks, problems, problemsLeftOff, running, shown, canary } = report;
  return {
    scenario: name,
    number,
    version,
    publishedAt,
    author,
    note,
    isRollback,
    since: since ?? null,
    changes: changes.map((change) => ({ ...change, parts: [...change.parts] })),
    changesLeftOff,
    checks: checks ?? null,
    problems,
    problemsLeftOff,
    running,
    shown,
    canary: canary ? presentTried(publication, canary, head) : null,
  };
}

function presentTried(
  publication: Publication,
  { guardrails, steps, end }: NonNullable<PublicationReport['canary']>,
  head: ScenarioHead | undefined,
): PublicationReportView['canary'] {
  const current = head?.canary?.number === publication.number ? head?.canary : undefined;
  if (current) {
    const { end: over } = current;
    return {
      guardrails: current.guardrails,
      steps: current.steps.map(presentStep),
      end: over ? presentEnd(over) : null,
    };
  }
  // Whoever published the next version died before it was written here.
  const lost: CanaryEnd = { how: 'replaced', at: head?.publishedAt ?? publication.publishedAt };
  return { guardrails, steps: steps.map(presentStep), end: presentEnd(end ?? lost) };
}

function presentEnd({ how, at, by, verdicts = [], number }: CanaryEnd): NonNullable<CanaryView['end']> {
  return {
    how,
    at: new Date(at).toISOString(),
    by: by ?? null,
    verdicts: verdicts.map(presentVerdict),
    number: number ?? null,
  };
}

function presentStep({ percent, at, by }: CanaryStep): CanaryView['steps'][number] {
  return { percent, at: new Date(at).toISOString(), by };
}

function presentVerdict(verdict: Verdict): VerdictView {
  return { ...verdict };
}
