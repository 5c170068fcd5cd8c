import type { BackTestResult } from '../../../scenario-dsl/back-test/back-test.ts';

/** How many conversations would have been how; `paths`, `messages` and `outcomes` are of those that differ. */
export interface BackTestSummary {
  same: number;
  differ: number;
  unknown: number;
  paths: number;
  messages: number;
  outcomes: number;
  /** Followed in part only. */
  stopped: number;
}

export function summarize(results: readonly BackTestResult[]): BackTestSummary {
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
  const withKind = (kind: string): number =>
    results.filter(({ differences }) => differences.some((difference) => difference.kind === kind)).length;
  return {
    same: count('same'),
    differ: count('differs'),
    unknown: count('unknown'),
    paths: withKind('path'),
    messages: withKind('message'),
    outcomes: withKind('outcome'),
    stopped: results.filter(({ verdict, stop }) => verdict === 'differs' && stop).length,
  };
}

/** What would have been otherwise: `-` what was, `+` what the draft makes of it. Nothing of a conversation that is the same. */
export function formatResult({ id, verdict, differences, stop }: BackTestResult): string[] {
  if (verdict === 'same') return [];
  return [
    `${id}  ${verdict === 'unknown' ? 'cannot be told' : 'differs'}`,
    ...differences.flatMap(({ kind, stored, draft }) => [
      `    ${kind.padEnd(8)}- ${stored || '(nothing)'}`,
      `    ${''.padEnd(8)}+ ${draft || '(nothing)'}`,
    ]),
    ...(stop ? [`    ${verdict === 'unknown' ? 'because' : `not known from ${stop.at}`}: ${stop.reason}`] : []),
  ];
}

export function formatSummary({
  same,
  differ,
  unknown,
  paths,
  messages,
  outcomes,
  stopped,
}: BackTestSummary): string[] {
  const details = `${paths} in their path, ${messages} in what is said, ${outcomes} in their end, ${stopped} not to the end`;
  return [
    `${same} same, ${differ} differ${differ === 0 ? '' : ` (${details})`}, ${unknown} cannot be told`,
    ...(stopped === 0 ? [] : ['A customer who is told something else may answer something else: there it stops.']),
  ];
}
