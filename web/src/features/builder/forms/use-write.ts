import type { JsonValue } from '../../../../../scenario-dsl/edit/render-value.ts';
import type { SourcePath } from '../../../../../scenario-dsl/problems/finding.ts';
import { useActions } from '../builder-context.tsx';

/** Where a value stands: the block, and the way from its type's key. */
export interface Place {
  block: string;
  path: SourcePath;
}

/** Writes a value at its place; undefined takes it out. */
export function useWrite({ block, path }: Place): (value: JsonValue | undefined) => void {
  const { edit } = useActions();
  return (value) => void edit({ do: 'field', block, path, value });
}
