import { IconLayoutGrid, IconList, IconUserOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentLine, LiveOverview } from '../../shared/data/overview.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { AgentBar, type ChatMode } from './agent-bar.tsx';
import { AgentTable } from './agent-table.tsx';
import { HelpMark } from './help-mark.tsx';
import { TimeInState } from './time-in-state.tsx';

/** More slots than these are told in figures only. */
const DRAWN_SLOTS = 8;

const VIEWS = [
  { value: 'grid', icon: IconLayoutGrid },
  { value: 'list', icon: IconList },
] as const;
type View = (typeof VIEWS)[number]['value'];

const FILTERS = ['all', 'ready', 'busy', 'after-call-work', 'not-ready'] as const;
type Filter = (typeof FILTERS)[number];

/** Who is there, in which state and with how much; whom one chooses is at the foot, with what can be done. */
export function AgentsCard({
  overview: { agents, agentsInAll },
  onLookInto,
  onChanged,
}: {
  overview: LiveOverview;
  onLookInto: (conversationId: string, mode: ChatMode) => void;
  onChanged: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<string>();
  const [view, setView] = useState<View>('grid');
  const shown = agents.filter(({ state }) => filter === 'all' || state === filter);
  const agent = agents.find(({ username }) => username === chosen);
  const choose = (username: string): void => setChosen(username === chosen ? undefined : username);
  return (
    <section className="card agcard" aria-labelledby="sup-agents">
      <div className="ch">
        <h2 id="sup-agents">{t('supervision.agents')}</h2>
        <span className="muted num">{t('supervision.loggedIn', { count: agents.length, all: agentsInAll })}</span>
        <span className="end" />
        <StateFilter agents={agents} value={filter} onChange={setFilter} />
        <Segmented
          label={t('supervision.view')}
          value={view}
          choices={VIEWS.map(({ value, icon }) => ({
            value,
            label: (
              <span className="row" title={t(`supervision.views.${value}`)}>
                <Icon of={icon} size={16} />
                <span className="visually-hidden">{t(`supervision.views.${value}`)}</span>
              </span>
            ),
          }))}
          onChange={setView}
        />
      </div>
      {shown.length === 0 && filter !== 'all' && <p className="muted none-of">{t('supervision.noneOfState')}</p>}
      {agents.length === 0 ? (
        <EmptyState icon={IconUserOff} title={t('supervision.noAgentsTitle')}>
          {t('supervision.noAgentsText')}
        </EmptyState>
      ) : view === 'list' ? (
        <AgentTable agents={shown} chosen={chosen} onChoose={choose} />
      ) : (
        <ul className="agents" tabIndex={0} aria-labelledby="sup-agents">
          {shown.map((each) => (
            <li key={each.username}>
              <AgentTile agent={each} isChosen={each.username === chosen} onChoose={() => choose(each.username)} />
            </li>
          ))}
        </ul>
      )}
      {agent && (
        <AgentBar
          key={agent.username}
          agent={agent}
          onLookInto={onLookInto}
          onChanged={onChanged}
          onClose={() => setChosen(undefined)}
        />
      )}
    </section>
  );
}

function StateFilter({
  agents,
  value,
  onChange,
}: {
  agents: readonly AgentLine[];
  value: Filter;
  onChange: (filter: Filter) => void;
}): ReactNode {
  const { t } = useTranslation();
  const countOf = (filter: Filter): number => agents.filter(({ state }) => filter === 'all' || state === filter).length;
  return (
    <Segmented
      label={t('supervision.filter')}
      value={value}
      choices={FILTERS.map((filter) => ({
        value: filter,
        label: (
          <>
            {filter === 'all' ? t('supervision.all') : <StateMark state={filter} size={14} />} {countOf(filter)}
          </>
        ),
      }))}
      onChange={onChange}
    />
  );
}

function AgentTile({
  agent,
  isChosen,
  onChoose,
}: {
  agent: AgentLine;
  isChosen: boolean;
  onChoose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { name, state, reason, chats, slots, services } = agent;
  return (
    <button type="button" className={`ag ${isChosen ? 'hot' : ''}`} aria-pressed={isChosen} onClick={onChoose}>
      <Avatar name={name} />
      <span className="ag-text">
        <span className="r1">
          <span className="med clip grow">{name}</span>
          <HelpMark agent={agent} />
        </span>
        <span className="r2">
          <StateMark state={state} reason={reason} size={14} className="clip" />
          <span className="end">
            <TimeInState agent={agent} />
          </span>
        </span>
        <span className="r3">
          {slots > 0 && slots <= DRAWN_SLOTS && (
            <span className="slot-bar" aria-hidden="true">
              {Array.from({ length: slots }, (_each, index) => (
                <i key={index} className={index < chats ? 'on' : ''} />
              ))}
            </span>
          )}
          <span className="num">{t('state.slots', { used: chats, all: slots })}</span>
          <span className="clip end" title={services.join(', ')}>
            {services[0]}
            {services.length > 1 && ` +${services.length - 1}`}
          </span>
        </span>
      </span>
    </button>
  );
}
