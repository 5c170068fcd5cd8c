import type { ErrorDetail } from '../../../contracts/http-api-schema.ts';
import type { FileProblem } from './file-problem.ts';
import type { SourceDocument } from './read-configuration.ts';

/** Brings a problem of the api, whose path begins with `documents.<n>`, to the file and line that caused it. */
export function locateProblem(documents: readonly SourceDocument[], problem: ErrorDetail): FileProblem {
  const { path, message, remedy, line, column } = problem;
  const [root, index = '', ...steps] = path.split('.');
  const source = root === 'documents' ? documents[Number(index)] : undefined;
  if (!source) return { file: path === '' ? 'request' : path, message, remedy };
  if (line !== undefined) {
    return (
      source.scenario?.place({ line, column, message, remedy }) ?? { file: source.file, line, column, message, remedy }
    );
  }
  const subject = steps.join('.');
  return {
    file: source.file,
    ...source.locate(steps),
    message: subject === '' ? message : `${subject}: ${message}`,
    remedy,
  };
}
