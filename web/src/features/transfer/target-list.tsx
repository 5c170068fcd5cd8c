import { IconRoute, IconUsersGroup } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferTargets } from '../../../../contracts/transfer-targets-schema.ts';
import { formatDuration } from '../../shared/lib/format.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { SearchField } from '../../shared/ui/search-field.tsx';

/** Somebody, or anybody of something, who may be asked. */
export interface Target {
  kind: 'agent' | 'service' | 'entry' | 'scenario';
  /** What the api calls it. */
  name: string;
  /** What people call it. */
  label: string;
}

interface Row extends Target {
  /** Found by these words as well. */
  words: string;
  canBeAsked: boolean;
  line: string;
  mark: ReactNode;
  aside: ReactNode;
  picture: ReactNode;
}

type TargetTab = 'agents' | 'services' | 'entries' | 'scenarios';

/** Whom the chat may go to, the best first. `entries`: anybody of theirs; `scenarios`: what they and others begin with. */
export function TargetList({
  tab,
  targets,
  chosen,
  onChoose,
}: {
  tab: TargetTab;
  targets: TransferTargets | undefined;
  chosen: Target | undefined;
  onChoose: (target: Target) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const rows = useRows(tab, targets);
  const wanted = words.toLowerCase();
  const isByPlace = tab === 'entries' || tab === 'scenarios';
  const found = rows.filter(({ label, words: others }) => `${label} ${others}`.toLowerCase().includes(wanted));
  return (
    <>
      <div className="transfer-search">
        <SearchField
          label={isByPlace ? t('transfer.searchScenarios') : t('transfer.search')}
          words={words}
          onChange={setWords}
          isFirst
        />
      </div>
      <div className="targets" role="radiogroup" aria-label={t('transfer.choose')}>
        {found.map((row) => (
          <TargetRow
            key={keyOf(row)}
            row={row}
            isChosen={chosen !== undefined && keyOf(chosen) === keyOf(row)}
            onChoose={() => onChoose(row)}
          />
        ))}
      </div>
      {targets && found.length === 0 && (
        <div className="target-none">
          {rows.length === 0 ? (
            <EmptyState icon={IconUsersGroup} title={t('transfer.nobody')}>
              {t('transfer.nobodyText')}
            </EmptyState>
          ) : (
            <p className="muted">{isByPlace ? t('transfer.noScenario') : t('transfer.noMatch')}</p>
          )}
        </div>
      )}
    </>
  );
}

/** An entry and a scenario may have the same name. */
const keyOf = ({ kind, name }: Target): string => `${kind} ${name}`;

function TargetRow({ row, isChosen, onChoose }: { row: Row; isChosen: boolean; onChoose: () => void }): ReactNode {
  return (
    <label className="target">
      <input
        type="radio"
        className="radio-input"
        name="target"
        value={keyOf(row)}
        checked={isChosen}
        disabled={!row.canBeAsked}
        onChange={onChoose}
      />
      {row.picture}
      <span className="grow">
        <span className="med clip">{row.label}</span>
        <span className="xs muted clip" title={row.line}>
          {row.line}
        </span>
      </span>
      {row.mark}
      <span className="xs muted num load">{row.aside}</span>
    </label>
  );
}

function useRows(tab: TargetTab, targets: TransferTargets | undefined): Row[] {
  const { t } = useTranslation();
  if (!targets) return [];
  if (tab === 'agents') {
    return targets.agents.map(({ username, name, state, reason, chats, slots, skills, canBeAsked, whyNot }) => {
      const line = skills.map((skill) => `${skill.name} ${skill.level}`).join(' · ');
      return {
        kind: 'agent',
        name: username,
        label: name,
        words: line,
        canBeAsked,
        line: canBeAsked || whyNot === undefined ? line : whyNot,
        mark: <StateMark state={state} reason={reason} size={14} className="xs" />,
        aside: t('transfer.chats', { used: chats, all: slots }),
        picture: <Avatar name={name} size={28} />,
      };
    });
  }
  if (tab === 'services') {
    return targets.services.map(({ name, waiting, ewtMs, agentsReady, canBeAsked, whyNot }) => ({
      kind: 'service',
      name,
      label: name,
      words: '',
      canBeAsked,
      line: whyNot ?? `${t('transfer.waiting', { count: waiting })} · ${t('transfer.ready', { count: agentsReady })}`,
      mark: null,
      aside: ewtMs === undefined ? '' : t('transfer.wait', { time: formatDuration(ewtMs) }),
      picture: <PictureTile icon={IconUsersGroup} />,
    }));
  }
  const place = { canBeAsked: true, mark: null, aside: '', picture: <PictureTile icon={IconRoute} /> };
  const entries = targets.entries.map(({ name, service, scenario }): Row => ({
    ...place,
    kind: 'entry',
    name,
    label: name,
    words: `${service} ${scenario}`,
    line: t('transfer.ofEntry', { scenario, service }),
  }));
  if (tab === 'entries') return entries;
  const scenarios = targets.scenarios.map(({ name }): Row => ({
    ...place,
    kind: 'scenario',
    name,
    label: name,
    words: '',
    line: t('transfer.ofScenario'),
  }));
  return [...entries, ...scenarios];
}

function PictureTile({ icon }: { icon: typeof IconRoute }): ReactNode {
  return (
    <span className="av s28 e" aria-hidden="true">
      <Icon of={icon} size={14} />
    </span>
  );
}
