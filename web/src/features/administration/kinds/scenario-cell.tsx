import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { scenariosQuery } from '../data/items.ts';
import { useWords } from '../form/words.ts';

/** A scenario by its name, and whether its entry follows it or stays at a version. */
export function ScenarioCell({ reference }: { reference: string }): ReactNode {
  const { word } = useWords();
  const scenarios = useQuery(scenariosQuery).data ?? [];
  const [name = '', pinned] = reference.split('@');
  const version = scenarios.find((scenario) => scenario.name === name)?.version.slice(0, 12);
  return (
    <span>
      {name}
      <span className="sub">
        {pinned === undefined
          ? word('list.follows', { version: version ?? '–' })
          : word('list.pinned', { version: pinned })}
      </span>
    </span>
  );
}
