import { IconAlertTriangle, IconCircleX, IconDoorExit, IconNote } from '@tabler/icons-react';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphBlock } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { iconOf, titleOf, type Family } from '../block-look.ts';
import type { Chip } from './layout.ts';

interface BlockNodeData extends Record<string, unknown> {
  block: GraphBlock;
  chips: readonly Chip[];
  family: Family;
  typeTitle: string;
  errors: number;
  warnings: number;
  /** In a played chat, or of the tests. */
  run: 'ran' | 'live' | 'missing' | undefined;
  counts: ReadonlyMap<string, string> | undefined;
  traffic: BlockTraffic | undefined;
}

export type BlockFlowNode = Node<BlockNodeData, 'block'>;

/** Of real conversations: how many were in the block, and in how many of them the customer fell silent there. */
interface BlockTraffic {
  visited: number;
  leftHere: number;
}

/** A block on the canvas: its type and title, and its ways out as chips on its lower edge. */
export const BlockNode = memo(function BlockNode({ data, selected }: NodeProps<BlockFlowNode>): ReactNode {
  const { t } = useTranslation('builder');
  const { block, chips, family, typeTitle, errors, warnings, run, counts, traffic } = data;
  const look = [`blk f-${family}`, selected ? 'sel' : '', errors > 0 ? 'bad' : '', run ?? ''].join(' ');
  const problems = errors > 0 ? t('errors', { count: errors }) : t('warnings', { count: warnings });
  return (
    <div className={look}>
      <Handle type="target" position={Position.Top} className="port-in" isConnectableStart={false} />
      <span className="tile">
        <Icon of={iconOf(block.type)} size={16} />
      </span>
      <span className="grow blk-words">
        <span className="type clip">{typeTitle}</span>
        <span className="title clip">{titleOf(block)}</span>
      </span>
      {block.note !== undefined && (
        <span className="mark-n muted" title={block.note}>
          <Icon of={IconNote} size={14} />
        </span>
      )}
      {errors + warnings > 0 && (
        <span className={`mark-n ${errors > 0 ? 't-danger' : 't-warn'}`} title={problems}>
          <Icon of={errors > 0 ? IconCircleX : IconAlertTriangle} />
          <span className="visually-hidden">{problems}</span>
        </span>
      )}
      {traffic && <TrafficMark {...traffic} />}
      {chips.map((chip) => (
        <ExitChip key={chip.exit.key} chip={chip} count={counts?.get(`${block.id}: ${chip.exit.name}`)} />
      ))}
    </div>
  );
});

/** From this share on a block is where customers leave. */
const MANY_LEFT = 0.1;

function TrafficMark({ visited, leftHere }: BlockTraffic): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const share = visited === 0 ? 0 : leftHere / visited;
  return (
    <span className="blk-traffic num">
      <span title={t('traffic.visited')}>{formats.number(visited)}</span>
      {leftHere > 0 && (
        <span className={share >= MANY_LEFT ? 't-warn' : ''} title={t('traffic.leftHere', { count: leftHere })}>
          <Icon of={IconDoorExit} size={12} /> {formats.number(Math.round(share * 100))} %
          <span className="visually-hidden"> {t('traffic.left')}</span>
        </span>
      )}
    </span>
  );
}

function ExitChip({ chip, count }: { chip: Chip; count: string | undefined }): ReactNode {
  const { exit, label, isOpen, width, x } = chip;
  const isOther = exit.kind === 'outcome' || exit.kind === 'failure';
  const look = isOpen ? 'open' : isOther ? 'fail' : '';
  return (
    <Handle
      type="source"
      id={exit.key}
      position={Position.Bottom}
      className={`ex ${look}`}
      style={{ insetInlineStart: x, width }}
      title={exit.when ?? exit.name}
      isConnectableEnd={false}
    >
      {isOpen && <Icon of={IconAlertTriangle} size={12} />}
      <span className="clip">{label}</span>
      {count !== undefined && <span className={`ex-count num ${count === '0' ? 'none' : ''}`}>{count}</span>}
    </Handle>
  );
}
