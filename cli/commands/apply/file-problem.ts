/** Something wrong in a file; `line` and `column` count from 1. */
export interface FileProblem {
  file: string;
  line?: number | undefined;
  column?: number | undefined;
  message: string;
  remedy?: string | undefined;
}

/** As editors and terminals link it: `file:line:column message. Remedy.` */
export function formatFileProblem({ file, line, column, message, remedy }: FileProblem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place} ${message}${remedy === undefined ? '' : `\n    ${remedy}`}`;
}
