import { checkShape } from '../parse/check-shape.ts';
import { readSource } from '../parse/read-source.ts';
import type { Finding } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import { testFileSchema, type TestFile } from './test-file-schema.ts';

/** A test file that can be run, or everything that is wrong with it. */
export type ReadTestFile =
  { file: TestFile; lineOf: (path: readonly (string | number)[]) => number } | { problems: Problem[] };

/** Reads a `*.test.yaml`. Never throws, whatever the text is. */
export function readTestFile(source: string): ReadTestFile {
  const read = readSource(source);
  const findings = [...read.findings];
  const checked =
    read.value === undefined
      ? undefined
      : checkShape(testFileSchema, read.value, { path: [], writtenAt: read.writtenAt });
  if (checked) findings.push(...withoutEchoes(checked.findings));
  if (checked?.value === undefined || findings.length > 0) {
    return { problems: findings.map((finding) => read.locate(finding)).toSorted((a, b) => a.line - b.line) };
  }
  const lineOf = (path: readonly (string | number)[]): number =>
    read.locate({ severity: 'error', code: '', message: '', remedy: '', path }).line;
  return { file: checked.value, lineOf };
}

/** Of a step with a key that is not known nobody knows what it does. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const unknown = new Set(
    findings.flatMap(({ code, path }) => (code === 'unknown-key' ? JSON.stringify(path.slice(0, -1)) : [])),
  );
  return findings.filter(({ code, path }) => code !== 'bad-step' || !unknown.has(JSON.stringify(path)));
}
