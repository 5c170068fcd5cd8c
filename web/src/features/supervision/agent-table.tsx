import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentLine } from '../../shared/data/overview.ts';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { HelpMark } from './help-mark.tsx';
import { TimeInState } from './time-in-state.tsx';

const COLUMNS = ['agent', 'state', 'time', 'chats', 'services'] as const;

/** Agents in lines, for houses with many. */
export function AgentTable({
  agents,
  chosen,
  onChoose,
}: {
  agents: readonly AgentLine[];
  chosen: string | undefined;
  onChoose: (username: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="agents-list" tabIndex={0} role="group" aria-labelledby="sup-agents">
      <table className="table">
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`supervision.columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <AgentRow
              key={agent.username}
              agent={agent}
              isChosen={agent.username === chosen}
              onChoose={() => onChoose(agent.username)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AgentRow({
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
    <tr className={isChosen ? 'hot' : ''}>
      <th scope="row">
        <button type="button" className="ag-name" aria-pressed={isChosen} onClick={onChoose}>
          <span className="clip">{name}</span>
          <HelpMark agent={agent} />
        </button>
      </th>
      <td>
        <StateMark state={state} reason={reason} size={14} className="clip" />
      </td>
      <td className="num">
        <TimeInState agent={agent} />
      </td>
      <td className="num">{t('state.slots', { used: chats, all: slots })}</td>
      <td className="clip" title={services.join(', ')}>
        {services.join(', ')}
      </td>
    </tr>
  );
}
