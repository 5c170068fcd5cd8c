import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useActions } from '../builder-context.tsx';
import { OPERATORS, readRows, writeRows, type ConditionRow, type ConditionRows } from './condition-rows.ts';
import { SelectControl, TargetControl } from './select-control.tsx';
import { TextControl } from './text-control.tsx';
import { useWrite } from './use-write.ts';
import { ItemButtons } from './item-buttons.tsx';

interface Branch {
  when?: string;
  go?: string;
  else?: string;
}

const FIRST: ConditionRow = { variable: 'item.message', operator: 'contains', value: 'yes' };

/** The branches of an If: each with its condition and where it goes; the first that holds is taken. */
export function BranchesForm({ block, branches }: { block: string; branches: readonly Branch[] }): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const last = branches.at(-1);
  const hasElse = last !== undefined && 'else' in last;
  const count = branches.length - (hasElse ? 1 : 0);
  const keys = branches.map((_branch, index) => `branch-${index}`);
  return (
    <ol className="list-field">
      {branches.slice(0, count).map((branch, index) => (
        <li key={keys[index]} className="item-card">
          <div className="grow col branch">
            <span className="row">
              <span className="label grow">{t('branch', { number: index + 1 })}</span>
              <ItemButtons index={index} count={count} place={{ block, path: [] }} />
            </span>
            <Condition block={block} index={index} condition={branch.when ?? ''} />
            <span className="goes">
              <span className="muted xs">{t('goesTo')}</span>
              <Target
                block={block}
                path={[index, 'go']}
                value={branch.go}
                label={t('branchGoes', { number: index + 1 })}
              />
            </span>
          </div>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="btn link sm"
          onClick={() => {
            const value = { when: writeRows({ join: 'and', rows: [FIRST] }), go: 'end' };
            void edit({ do: 'list', block, path: [], change: { kind: 'insert-item', index: count, value } });
          }}
        >
          <Icon of={IconPlus} size={14} />
          {t('addBranch')}
        </button>
      </li>
    </ol>
  );
}

function Target({
  block,
  path,
  value,
  label,
}: {
  block: string;
  path: (string | number)[];
  value: string | undefined;
  label: string;
}): ReactNode {
  const write = useWrite({ block, path });
  return (
    <TargetControl control={{ 'aria-label': label }} value={value} onChange={(target) => write(target ?? 'end')} />
  );
}

/** A condition as rows where it can be, else, or when asked, as it is written. */
function Condition({ block, index, condition }: { block: string; index: number; condition: string }): ReactNode {
  const { t } = useTranslation('builder');
  const write = useWrite({ block, path: [index, 'when'] });
  const [asText, setAsText] = useState(false);
  const rows = readRows(condition);
  const mode = asText || !rows ? 'text' : 'rows';
  return (
    <div className="condition">
      {rows && (
        <Segmented
          label={t('conditionAs')}
          value={mode}
          choices={[
            { value: 'rows', label: t('asRows') },
            { value: 'text', label: t('asExpression') },
          ]}
          onChange={(chosen) => setAsText(chosen === 'text')}
        />
      )}
      {mode === 'rows' && rows ? (
        <Rows rows={rows} onWrite={(next) => write(writeRows(next))} />
      ) : (
        <TextControl
          control={{ 'aria-label': t('conditionOf', { number: index + 1 }) }}
          value={condition}
          onWrite={write}
          takesVariables
          isLong
        />
      )}
    </div>
  );
}

function Rows({ rows, onWrite }: { rows: ConditionRows; onWrite: (rows: ConditionRows) => void }): ReactNode {
  const { t } = useTranslation('builder');
  const change = (index: number, changes: Partial<ConditionRow>): void =>
    onWrite({ ...rows, rows: rows.rows.map((row, at) => (at === index ? { ...row, ...changes } : row)) });
  const keys = rows.rows.map((_row, index) => `row-${index}`);
  return (
    <>
      {rows.rows.map((row, index) => (
        <div key={keys[index]} className="condition-row">
          <TextControl
            control={{ 'aria-label': t('variable') }}
            value={row.variable}
            onWrite={(variable) => change(index, { variable })}
            names
            takesVariables
          />
          <SelectControl
            control={{ 'aria-label': t('comparison') }}
            value={row.operator}
            onChange={(operator) => change(index, { operator })}
          >
            {OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {t(`operators.${operator}` as 'operators.==')}
              </option>
            ))}
          </SelectControl>
          <TextControl
            control={{ 'aria-label': t('comparedWith') }}
            value={row.value}
            onWrite={(value) => change(index, { value })}
          />
          {rows.rows.length > 1 && (
            <IconButton
              icon={IconX}
              size={14}
              label={t('removeItem', { item: index + 1 })}
              onClick={() => onWrite({ ...rows, rows: rows.rows.filter((_each, at) => at !== index) })}
            />
          )}
        </div>
      ))}
      <span className="row">
        <button type="button" className="btn link sm" onClick={() => onWrite({ ...rows, rows: [...rows.rows, FIRST] })}>
          <Icon of={IconPlus} size={14} />
          {t('addRow')}
        </button>
        {rows.rows.length > 1 && (
          <span className="end">
            <Segmented
              label={t('join')}
              value={rows.join}
              choices={[
                { value: 'and', label: t('allHold') },
                { value: 'or', label: t('oneHolds') },
              ]}
              onChange={(join) => onWrite({ ...rows, join })}
            />
          </span>
        )}
      </span>
    </>
  );
}
