import type { FileTest, TestFileReport } from './run-test-file.ts';

/** The report as CI systems read it: a suite for each file, a case for each test. */
export function formatJunit(reports: readonly TestFileReport[]): string {
  const suites = reports.map(formatSuite).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="attendant test">\n${suites}</testsuites>\n`;
}

function formatSuite({ file, tests, problems, durationMs }: TestFileReport): string {
  const failures = tests.filter(({ failure }) => failure).length;
  const counts = `tests="${tests.length}" failures="${failures}" errors="${problems.length}"`;
  const cases = tests.map((test) => formatCase(file, test)).join('');
  const errors = problems.map(({ line = 1, message }) => {
    const inner = `<error message="${escape(message)}">${escape(`${file}:${line}`)}</error>`;
    return `    <testcase classname="${escape(file)}" name="can be run">${inner}</testcase>\n`;
  });
  const time = (durationMs / 1000).toFixed(6);
  return `  <testsuite name="${escape(file)}" ${counts} time="${time}">\n${cases}${errors.join('')}  </testsuite>\n`;
}

function formatCase(file: string, { name, failure, line = 1 }: FileTest): string {
  const head = `    <testcase classname="${escape(file)}" name="${escape(name)}"`;
  if (!failure) return `${head}/>\n`;
  const text = [`${file}:${line}`, ...failure.lines].join('\n');
  return `${head}><failure message="${escape(failure.message)}">${escape(text)}</failure></testcase>\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** Control characters cannot stand in XML in any way. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"\n]/g, (character) => entities[character] ?? '').replaceAll(/(?!\t)\p{Cc}/gu, '\uFFFD');
}
