import { stat } from 'node:fs/promises';
import path from 'node:path';
import { walkFolder } from '../../walk-folder.ts';
import type { FileProblem } from '../apply/file-problem.ts';

/** The test file that is named, that of the scenario that is named, or all test files under a folder in the order of their names. */
export async function listTestFiles(given: string): Promise<string[] | { problem: FileProblem }> {
  try {
    if (!(await stat(given)).isDirectory()) return await listTestsOf(given);
    const files = await walkFolder(given, /\.test\.ya?ml$/);
    if (files.length > 0) return files.map((name) => path.join(given, name));
    return { problem: { file: given, message: 'holds no tests', remedy: 'Tests are in files named *.test.yaml.' } };
  } catch {
    return { problem: { file: given, message: 'cannot be read: is the path right?' } };
  }
}

/** Tests lie beside their scenario. */
async function listTestsOf(given: string): Promise<string[] | { problem: FileProblem }> {
  const file = toTestFile(given);
  if (file === given || (await stat(file).catch(() => undefined))) return [file];
  const remedy = `Write them beside it, into ${path.basename(file)}: docs/scenario-tests.md.`;
  return { problem: { file: given, message: `has no tests: there is no ${file}`, remedy } };
}

function toTestFile(file: string): string {
  return /\.test\.ya?ml$/.test(file) ? file : file.replace(/\.(ya?ml|json)$/, '.test.yaml');
}
