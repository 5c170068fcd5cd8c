import { IconAlertTriangle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fate } from '../../../../../contracts/publication-report.ts';
import type { BlockMap } from '../../../../../contracts/scenario-move.ts';
import type { MoveImpact } from '../../../../../contracts/scenario-move-schema.ts';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useBuilderContext } from '../builder-context.tsx';
import { SelectControl } from '../forms/select-control.tsx';
import { versionsQuery } from '../model/scenario-data.ts';
import { impactQuery, listAgentBlocks, sendAll, type MoveTarget, type RunningFate } from './move-data.ts';

/** No block: they stay where they are. */
const STAY = '';

/** The conversations that go on, and what is to become of them; for each choice what it comes to. `null`: they stay. */
export function RunningChoice({
  target,
  onChange,
}: {
  target: MoveTarget;
  onChange: (choice: RunningFate) => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const [fate, setFate] = useState<Fate>('stay');
  const [blocks, setBlocks] = useState<BlockMap>({});
  const { data: impact, error } = useQuery({ ...impactQuery(name, target, blocks), placeholderData: keepPreviousData });
  function choose(next: Fate, to: BlockMap): void {
    setFate(next);
    setBlocks(to);
    onChange({ fate: next, blocks: to });
  }
  if (error) return <Trouble message={error.message} />;
  if (!impact) return <p className="muted xs">{t('move.looking')}</p>;
  const agents = listAgentBlocks(impact);
  const fates = (['stay', 'move', ...(agents.length > 0 ? ['agent'] : [])] as Fate[]).map((value) => ({
    value,
    label: t(`move.fate.${value}`),
  }));
  const toAgent = (block: string): void => choose('agent', sendAll(impact, block));
  return (
    <section className="impact-part">
      <h3>{t('runningTitle', { count: impact.running })}</h3>
      {impact.running > 0 && (
        <>
          <Segmented
            label={t('move.whatBecomes')}
            value={fate}
            choices={fates}
            onChange={(next) => (next === 'agent' ? toAgent(agents[0]?.id ?? STAY) : choose(next, {}))}
          />
          <p className="xs secondary">{t(`move.fateMore.${fate}`)}</p>
          {fate === 'agent' && (
            <Field label={t('move.agentBlock')}>
              {(control) => (
                <SelectControl control={control} value={Object.values(blocks)[0] ?? STAY} onChange={toAgent}>
                  {agents.map((block) => (
                    <option key={block.id} value={block.id}>
                      {block.title ?? block.id}
                    </option>
                  ))}
                </SelectControl>
              )}
            </Field>
          )}
          <Groups
            impact={impact}
            fate={fate}
            onSend={(from, to) => choose('move', { ...blocks, [from]: to === STAY ? null : to })}
          />
          {impact.looked < impact.running && (
            <p className="xs muted">{t('move.notLooked', { count: impact.looked })}</p>
          )}
        </>
      )}
    </section>
  );
}

/** By version and block: how many, where to, and what becomes of them. */
function Groups({
  impact,
  fate,
  onSend,
}: {
  impact: MoveImpact;
  fate: Fate;
  onSend: (from: string, to: string) => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: versions = [] } = useQuery(versionsQuery(name));
  const numbers = new Map(versions.map(({ version, number }) => [version, number]));
  return (
    <ul className="changes scroll">
      {impact.groups.map(({ version, block, title, count, target, outcomes }) => (
        <li key={`${version} ${block}`} className="move-group">
          <span className="grow">
            <span className="num med">{count}</span>{' '}
            <span className="xs">{t('runningIn', { number: numbers.get(version) ?? '?', block: title ?? block })}</span>
          </span>
          {fate === 'move' && (
            <SelectControl
              control={{ 'aria-label': t('move.goTo', { block: title ?? block }) }}
              value={target ?? STAY}
              onChange={(to) => onSend(block, to)}
            >
              <option value={STAY}>{t('move.fate.stay')}</option>
              {impact.blocks.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title ?? each.id}
                </option>
              ))}
            </SelectControl>
          )}
          {fate !== 'stay' && <Outcomes outcomes={outcomes} />}
        </li>
      ))}
    </ul>
  );
}

function Outcomes({ outcomes }: Pick<MoveImpact['groups'][number], 'outcomes'>): ReactNode {
  const { t } = useTranslation('builder');
  return (
    <span className="row">
      {outcomes.map(({ outcome, to, isOver, count }) => (
        <span key={`${outcome} ${to ?? ''}`} className={`chip ${lookOf(outcome)}`}>
          {isOver ? t('move.over', { count }) : t(`move.outcome.${outcome}`, { count })}
        </span>
      ))}
    </span>
  );
}

function lookOf(outcome: MoveImpact['groups'][number]['outcomes'][number]['outcome']): string {
  if (outcome === 'continues' || outcome === 'restored') return 'success';
  if (outcome === 'begins') return 'accent';
  return outcome === 'would-fail' ? 'danger' : 'outline';
}

function Trouble({ message }: { message: string }): ReactNode {
  return (
    <div className="alert" role="alert">
      <Icon of={IconAlertTriangle} />
      <p>{message}</p>
    </div>
  );
}
