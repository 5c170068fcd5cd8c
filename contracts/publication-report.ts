/**
 * What was known of a version as it was published: kept with the publication for good, bounded in size. Docs: docs/publishing.md,
 * "The report of a publication".
 */
import type { CanaryEnd, CanaryGuardrails, CanaryStep } from './canary.ts';
import type { MoveKind, MoveRefusal } from './scenario-move.ts';

/** What became of a block from one version to the next. */
export interface BlockChange {
  /** Its id. */
  block: string;
  title: string | null;
  /** `null`: its kind cannot be read. */
  type: string | null;
  kind: 'added' | 'removed' | 'changed';
  /** Of a changed one: what is not as it was. */
  parts: readonly ('title' | 'type' | 'settings' | 'ways')[];
}

/** What becomes of running conversations: they stay, are moved, or go to the block that looks for an agent. */
export const FATES = ['stay', 'move', 'agent'] as const;
export type Fate = (typeof FATES)[number];

/** What the author was shown beside what the api finds out itself. */
export interface ShownAtPublishing {
  /** Of the scenario's tests, run on this very text. */
  tests?: { passed: number; failed: readonly string[] } | undefined;
  /** The impact report as it stood, of the choice that was made. */
  impact?:
    | {
        fate: Fate;
        running: number;
        looked: number;
        counts: Readonly<Partial<Record<MoveKind | MoveRefusal, number>>>;
        /** By version and block, the fullest first. */
        groups: readonly {
          version: string;
          block: string;
          count: number;
          outcomes: Readonly<Record<string, number>>;
        }[];
      }
    | undefined;
}

/** What was wrong with the text, as it was told. */
interface ReportedProblem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  remedy: string;
  line: number;
}

export interface PublicationReport {
  scenario: string;
  number: number;
  version: string;
  /** What was in force before; absent of the first one. */
  since?: { number: number; version: string };
  changes: BlockChange[];
  /** More than are kept. */
  changesLeftOff: number;
  /** Absent where the checks were not asked in whole. */
  checks?: { passed: number; warned: number; failed: number; notRun: number };
  problems: ReportedProblem[];
  problemsLeftOff: number;
  /** Conversations that ran other versions then. */
  running: number;
  shown: ShownAtPublishing;
  /** Of one for a part of the new conversations. */
  canary?: { guardrails: CanaryGuardrails; steps: readonly CanaryStep[]; end?: CanaryEnd };
}

/** So many of each are kept, and of a sentence so many characters: a report is 100 kB at most. */
export const REPORT_LIMITS = { changes: 200, problems: 50, groups: 50, failedTests: 20, characters: 400 } as const;
