import type { ReactNode } from 'react';
import type { Difference } from '../model/values.ts';
import { useWords } from './words.ts';

/** A value as people read it: lists one below the other, what is not simple as JSON. */
function showValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (value === '') return '“”';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  return JSON.stringify(value, null, 1);
}

/** Fields that differ, before and after beside each other. */
export function DifferenceTable({
  kind,
  differences,
  before,
  after,
}: {
  kind: string;
  differences: readonly Difference[];
  before: string;
  after: string;
}): ReactNode {
  const { word, maybe } = useWords();
  return (
    <table className="differences">
      <thead>
        <tr>
          <th scope="col">{word('form.fieldColumn')}</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, ...difference }) => (
          <tr key={field}>
            <th scope="row">{maybe(`fields.${kind}.${field}.label`) ?? field}</th>
            <td dir="auto">{showValue(difference.before)}</td>
            <td dir="auto">{showValue(difference.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
