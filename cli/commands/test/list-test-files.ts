import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileProblem } from '../apply/file-problem.ts';

/** The test file that is named, that of the scenario that is named, or all test files under a folder in the order of their names. */
export async function listTestFiles(given: string): Promise<string[] | { problem: FileProblem }> {
  try {
    if (!(await stat(given)).isDirectory()) return [toTestFile(given)];
    const names = await readdir(given, { recursive: true });
    const files = names.filter((name) => /\.test\.ya?ml$/.test(name)).toSorted();
    if (files.length > 0) return files.map((name) => path.join(given, name));
    return { problem: { file: given, message: 'holds no tests', remedy: 'Tests are in files named *.test.yaml.' } };
  } catch {
    return { problem: { file: given, message: 'cannot be read: is the path right?' } };
  }
}

function toTestFile(file: string): string {
  return /\.test\.ya?ml$/.test(file) ? file : file.replace(/\.(ya?ml|json)$/, '.test.yaml');
}
