import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportName } from '../../../../contracts/report.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { ReportSearch } from './report-search.ts';

/** Reports by what they are about; the compiler asks for none, the server's list is the same. */
const GROUPS = {
  services: ['service-in-time', 'service-metrics', 'requested-skills', 'virtual-queue', 'dispositions'],
  agents: ['agent-performance', 'team-performance', 'agent-time-allocation', 'agent-activity'],
  quality: ['evaluations', 'evaluation-questions', 'surveys', 'survey-questions'],
  bot: ['scenario-blocks', 'scenario-paths', 'bot-containment', 'messages'],
} as const satisfies Record<string, readonly ReportName[]>;

const groups = Object.entries(GROUPS) as [keyof typeof GROUPS, readonly ReportName[]][];

/** Every report, the filters stay as one goes; on a phone a box to choose from. */
export function ReportList({
  current,
  search,
  onChoose,
}: {
  current: ReportName;
  search: ReportSearch;
  onChoose: (name: ReportName) => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  return (
    <>
      <nav className="reports-nav scroll" aria-label={t('list')}>
        {groups.map(([group, names]) => (
          <div key={group}>
            <h2 className="xs muted">{t(`groups.${group}`)}</h2>
            {names.map((name) => (
              <Link
                key={name}
                to="/reports/$name"
                params={{ name }}
                search={search}
                className="nav-row"
                aria-current={name === current ? 'page' : undefined}
              >
                {t(`names.${name}`)}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="reports-choose">
        <span className="input select">
          <select
            aria-label={t('list')}
            value={current}
            onChange={(event) => onChoose(event.target.value as ReportName)}
          >
            {groups.map(([group, names]) => (
              <optgroup key={group} label={t(`groups.${group}`)}>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {t(`names.${name}`)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <Icon of={IconChevronDown} />
        </span>
      </div>
    </>
  );
}
