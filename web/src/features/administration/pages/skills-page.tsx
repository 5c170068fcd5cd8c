import { IconStar } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import type { ConfigurationDocument } from '../../../../../contracts/configuration-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { itemsQuery, ofKind, showAnew, type ItemOf } from '../data/items.ts';
import { LeaveGuard } from '../form/leave-guard.tsx';
import { useWords } from '../form/words.ts';
import { listAgents, listSkills, withLevels, type LevelChanges } from '../model/skills.ts';
import { PageHead } from './page-head.tsx';

/** Who knows what, and how well: every agent and every skill, written at once. */
export function SkillsPage(): ReactNode {
  const { word } = useWords();
  const queryClient = useQueryClient();
  const items = useQuery(itemsQuery).data ?? [];
  const [changes, setChanges] = useState<LevelChanges>({});
  const [problem, setProblem] = useState<string>();
  const isLeaving = useRef(false);
  const [skills, agents, services] = [listSkills(items), listAgents(items), ofKind(items, 'service')];
  const changed = agents.filter(({ name }) => changes[name] !== undefined);
  const isDirty = changed.length > 0;

  async function apply(): Promise<void> {
    const response = await call('POST /api/v1/configuration/apply', {
      body: {
        documents: changed.map(
          ({ document, name }) => withLevels(document, changes[name] ?? {}) as ConfigurationDocument,
        ),
        source: 'console',
        expected: changed.map(({ name, version }) => ({ kind: 'user' as const, name, version })),
      },
    });
    await showAnew(queryClient);
    if (!response.ok) {
      const [detail] = response.error.details;
      return setProblem(detail ? `${detail.message}. ${detail.remedy ?? ''}` : response.error.message);
    }
    setProblem(undefined);
    setChanges({});
    tell({ kind: 'success', title: word('skills.applied', { count: changed.length }) });
  }

  return (
    <main className="admin-main" id="main" data-region>
      <PageHead title={word('sections.skills.title')} count={skills.length}>
        {isDirty && (
          <button type="button" className="btn quiet" onClick={() => setChanges({})}>
            {word('form.discard')}
          </button>
        )}
        <button type="button" className="btn primary" aria-disabled={!isDirty} onClick={() => isDirty && void apply()}>
          {word('form.apply')}
        </button>
      </PageHead>
      {problem !== undefined && (
        <div className="banner danger" role="alert">
          {problem}
        </div>
      )}
      {skills.length === 0 ? (
        <div className="admin-empty">
          <EmptyState icon={IconStar} title={word('skills.emptyTitle')}>
            {word('skills.emptyText')}
          </EmptyState>
        </div>
      ) : (
        <div className="matrix-scroll" tabIndex={0} role="region" aria-label={word('skills.matrix')}>
          <table className="matrix">
            <thead>
              <tr>
                <th scope="col">{word('skills.agent')}</th>
                {skills.map((skill) => (
                  <th key={skill} scope="col" title={servicesOf(skill, services).join(', ')}>
                    {skill}
                    <span className="sub">{servicesOf(skill, services).join(', ') || word('skills.noService')}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {agents.map((agent) => (
                <AgentRow
                  key={agent.name}
                  agent={agent}
                  skills={skills}
                  changes={changes[agent.name] ?? {}}
                  onChange={(skill, level) =>
                    setChanges({ ...changes, [agent.name]: { ...changes[agent.name], [skill]: level } })
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <LeaveGuard isDirty={isDirty} isLeaving={isLeaving} onDiscard={() => setChanges({})} />
    </main>
  );
}

const servicesOf = (skill: string, services: readonly ItemOf<'service'>[]): string[] =>
  services.filter(({ document }) => document.skills.includes(skill)).map(({ name }) => name);

function AgentRow({
  agent: { name, document },
  skills,
  changes,
  onChange,
}: {
  agent: ItemOf<'user'>;
  skills: readonly string[];
  changes: NonNullable<LevelChanges[string]>;
  onChange: (skill: string, level: number | null) => void;
}): ReactNode {
  const { word } = useWords();
  const shown = document.name ?? name;
  return (
    <tr>
      <th scope="row">
        <Link to="/admin/$section/edit/$name" params={{ section: 'users', name }}>
          {shown}
        </Link>
      </th>
      {skills.map((skill) => {
        const stored = document.skills[skill] ?? null;
        const level = skill in changes ? (changes[skill] ?? null) : stored;
        return (
          <td key={skill}>
            <span className={`input sm ${level === stored ? '' : 'is-changed'}`}>
              <input
                inputMode="numeric"
                aria-label={word('skills.levelOf', { name: shown, skill })}
                placeholder="–"
                value={level ?? ''}
                onChange={(event) => {
                  const digits = event.target.value.replaceAll(/\D/g, '').slice(0, 3);
                  onChange(skill, digits === '' ? null : Number(digits));
                }}
              />
            </span>
          </td>
        );
      })}
    </tr>
  );
}
