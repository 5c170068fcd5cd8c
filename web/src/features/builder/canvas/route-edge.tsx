import { EdgeLabelRenderer, getSmoothStepPath, type Edge, type EdgeProps } from '@xyflow/react';
import { IconPlus } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { WayOut } from '../../../../../scenario-dsl/edit/edit-canvas.ts';
import { useBuilder } from '../builder-context.tsx';
import { toPath, type Point } from './layout.ts';

interface RouteData extends Record<string, unknown> {
  /** The bends of the layout; undefined where an end was moved by hand since. */
  route: readonly Point[] | undefined;
  isFailure: boolean;
  isHot: boolean;
  way: WayOut;
  label: string;
}

export type RouteFlowEdge = Edge<RouteData, 'route'>;

/** A way from a block to another, along the bends of the layout. */
export const RouteEdge = memo(function RouteEdge(props: EdgeProps<RouteFlowEdge>): ReactNode {
  const { t } = useTranslation('builder');
  const setState = useBuilder((state) => state.set);
  const { id, data, source, selected } = props;
  const route = data?.route;
  const [smooth, labelX, labelY] = getSmoothStepPath({ ...props, borderRadius: 8 });
  const path = route ? toPath(route) : smooth;
  const end = route?.at(-1) ?? { x: props.targetX, y: props.targetY };
  const middle = route ? middleOf(route) : { x: labelX, y: labelY };
  const look = `${data?.isFailure === true ? 'fail' : ''} ${data?.isHot === true || selected === true ? 'hot' : ''}`;
  return (
    <>
      <path id={id} className={`way ${look}`} d={path} />
      <path className="react-flow__edge-interaction" d={path} data-edge={id} />
      <path className={`head ${look}`} d={`M${end.x - 4.5} ${end.y - 7} h9 l-4.500 7z`} />
      {selected === true && data && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className="way-add nopan"
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
            aria-label={t('insertHere')}
            title={t('insertHere')}
            onClick={() => setState({ pending: { from: source, way: data.way, name: data.label } })}
          >
            <Icon of={IconPlus} size={14} />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** The middle of the longest stretch. */
function middleOf(route: readonly Point[]): Point {
  let [best, length] = [route[0] ?? { x: 0, y: 0 }, -1];
  route.slice(1).forEach((point, index) => {
    const before = route[index] ?? point;
    const far = Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    if (far > length) [best, length] = [{ x: (point.x + before.x) / 2, y: (point.y + before.y) / 2 }, far];
  });
  return best;
}
