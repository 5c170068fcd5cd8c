import './canvas.css';
import { IconFocus2, IconMap2, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  Background,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useViewport,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
} from '@xyflow/react';
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockTypeDescription } from '../../../../../scenario-dsl/document/describe-block-types-schema.ts';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { useActions, useBuilder } from '../builder-context.tsx';
import { DRAGGED } from './dragged.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { BlockNode, type BlockFlowNode } from './block-node.tsx';
import { RouteEdge, type RouteFlowEdge } from './route-edge.tsx';
import { BLOCK_WIDTH } from './layout.ts';
import { TrafficBar } from './traffic-bar.tsx';
import { usePicture, type Picture } from './use-picture.ts';

const nodeTypes = { block: BlockNode };
const edgeTypes = { route: RouteEdge };
const LEAST_FIRST_ZOOM = 0.7;
const MARGIN = 24;
const FOCUS_AFTER_MS = 80;

/** The scenario as a picture that is edited. */
export function Canvas({ tidyRef }: { tidyRef: { current: () => void } }): ReactNode {
  return (
    <ReactFlowProvider>
      <CanvasInside tidyRef={tidyRef} />
    </ReactFlowProvider>
  );
}

function CanvasInside({ tidyRef }: { tidyRef: { current: () => void } }): ReactNode {
  const { t } = useTranslation('builder');
  const picture = usePicture();
  const isStale = useBuilder((state) => state.isStale);
  const title = useBuilder((state) => state.graph.title);
  const [selectedEdge, setSelectedEdge] = useState<string>();
  const [hasMap, setHasMap] = useState(true);
  const onKeyDown = useCanvasKeys();
  const drop = useDrop(picture);
  useView(picture);
  tidyRef.current = picture.tidy;
  const { onConnect, onConnectEnd } = useConnecting();
  const edges = picture.edges.map((edge) => (edge.id === selectedEdge ? { ...edge, selected: true } : edge));
  return (
    <main
      className={`cv ${isStale ? 'stale' : ''}`}
      id="main"
      data-region
      aria-label={t('canvasOf', { title: title ?? '' })}
      aria-busy={picture.isWaiting}
      onKeyDown={onKeyDown}
      {...drop}
    >
      <ReactFlow<BlockFlowNode, RouteFlowEdge>
        nodes={picture.nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={useNodeChanges(picture)}
        onEdgesChange={(changes: EdgeChange<RouteFlowEdge>[]) => {
          for (const change of changes)
            if (change.type === 'select') setSelectedEdge(change.selected ? change.id : undefined);
        }}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onlyRenderVisibleElements={picture.nodes.length > 60}
        nodesDraggable={!isStale}
        nodesConnectable={!isStale}
        disableKeyboardA11y
        deleteKeyCode={null}
        minZoom={0.1}
        maxZoom={2}
        zoomOnDoubleClick={false}
        connectionRadius={28}
        proOptions={{ hideAttribution: false }}
        attributionPosition="top-right"
      >
        <Background gap={20} size={1.5} color="var(--canvas-dot)" />
        {hasMap && picture.nodes.length > 4 && (
          <MiniMap<BlockFlowNode>
            pannable
            position="bottom-left"
            style={{ width: 112, height: 104 }}
            nodeColor={({ selected }) => (selected === true ? 'var(--accent)' : 'var(--border-control)')}
            ariaLabel={t('map')}
          />
        )}
      </ReactFlow>
      <TrafficBar />
      <Zoom hasMap={hasMap} onMap={() => setHasMap(!hasMap)} />
      {isStale && (
        <p className="cv-note" role="status">
          {t('stale')}
        </p>
      )}
    </main>
  );
}

function Zoom({ hasMap, onMap }: { hasMap: boolean; onMap: () => void }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const { zoomIn, zoomOut, fitView, zoomTo } = useReactFlow();
  const { zoom } = useViewport();
  return (
    <div className="zoom" role="toolbar" aria-label={t('zoom')}>
      <IconButton icon={IconMinus} label={t('zoomOut')} onClick={() => void zoomOut()} />
      <button type="button" className="btn sm quiet num" title={t('zoomFull')} onClick={() => void zoomTo(1)}>
        {formats.number(Math.round(zoom * 100))} %
      </button>
      <IconButton icon={IconPlus} label={t('zoomIn')} onClick={() => void zoomIn()} />
      <IconButton
        icon={IconFocus2}
        label={t('fit')}
        keys="F"
        onClick={() => void fitView({ padding: 0.1, maxZoom: 1 })}
      />
      <IconButton
        icon={IconMap2}
        label={t('map')}
        aria-pressed={hasMap}
        className={hasMap ? 'on' : ''}
        onClick={onMap}
      />
    </div>
  );
}

function useNodeChanges(picture: Picture): (changes: NodeChange<BlockFlowNode>[]) => void {
  const selected = useBuilder((state) => state.selected);
  const { select } = useActions();
  return (changes) => {
    let chosen: readonly string[] = selected;
    for (const change of changes) {
      if (change.type === 'position' && change.position && change.dragging === true)
        picture.move(change.id, change.position);
      if (change.type !== 'select') continue;
      const others = chosen.filter((id) => id !== change.id);
      chosen = change.selected ? [...others, change.id] : others;
    }
    if (chosen !== selected) select(chosen);
  };
}

/** Drawing a way: to a block it is led there, on empty ground a block is asked for. */
function useConnecting(): {
  onConnect: (made: { source: string; sourceHandle: string | null; target: string }) => void;
  onConnectEnd: OnConnectEnd;
} {
  const blocks = useBuilder((state) => state.graph.blocks);
  const { edit, set } = useActions();
  const wayOf = (block: string | null | undefined, handle: string | null | undefined) =>
    blocks.find(({ id }) => id === block)?.exits.find(({ key }) => key === handle);
  return {
    onConnect({ source, sourceHandle, target }) {
      const exit = wayOf(source, sourceHandle);
      if (!exit) return;
      void edit({ do: 'wire', block: source, way: exit.path ? { path: exit.path } : { exit: exit.name }, target });
    },
    onConnectEnd(_event, { fromNode, fromHandle, toNode, isValid }) {
      const exit = wayOf(fromNode?.id, fromHandle?.id);
      if (!exit || !fromNode || toNode || isValid === true) return;
      const way = exit.path ? { path: exit.path } : { exit: exit.name };
      set({ pending: { from: fromNode.id, way, name: exit.name } });
    },
  };
}

/** A block of the palette, dropped on a way or on empty ground. */
function useDrop(picture: Picture): {
  onDragOver: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
} {
  const { screenToFlowPosition } = useReactFlow();
  const { edit } = useActions();
  return {
    onDragOver(event) {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop(event) {
      const type = event.dataTransfer.getData(DRAGGED) as BlockTypeDescription['type'];
      if (!type) return;
      event.preventDefault();
      const hit = document
        .elementsFromPoint(event.clientX, event.clientY)
        .find((element) => element instanceof SVGElement && element.dataset['edge'] !== undefined);
      const id = hit instanceof SVGElement ? hit.dataset['edge'] : undefined;
      const edge = picture.edges.find((each) => each.id === id);
      const on = edge?.data && { from: edge.source, way: edge.data.way, target: edge.target };
      const place = screenToFlowPosition({ x: event.clientX - BLOCK_WIDTH / 2, y: event.clientY - 20 });
      void edit({ do: 'add', type, ...(on && { on }) }).then(([added]) => {
        if (added !== undefined && !on) picture.move(added, place);
      });
    },
  };
}

/** Begins with the first block on top, and brings into view what is asked for. */
function useView({ nodes, isWaiting }: Picture): void {
  const { setViewport, setCenter, getZoom } = useReactFlow();
  const revealed = useBuilder((state) => state.revealed);
  const hasBegun = useRef(false);
  const shown = useRef(0);
  useEffect(() => {
    const [first] = nodes;
    if (hasBegun.current || isWaiting || !first) return;
    hasBegun.current = true;
    const width = document.querySelector('.cv')?.clientWidth ?? 800;
    const xs = nodes.map(({ position }) => position.x);
    const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + BLOCK_WIDTH + MARGIN];
    // As near as it can be with all of its width in view; a wide scenario begins with its first block instead.
    const zoom = Math.min(1, Math.max(LEAST_FIRST_ZOOM, width / (right - left)));
    const middle = (right - left) * zoom <= width ? (left + right) / 2 : first.position.x + BLOCK_WIDTH / 2;
    void setViewport({ x: width / 2 - middle * zoom, y: 16 - first.position.y * zoom, zoom });
  }, [nodes, isWaiting, setViewport]);
  useEffect(() => {
    const node = nodes.find(({ id }) => id === revealed?.id);
    if (!revealed || !node || revealed.turn === shown.current) return;
    shown.current = revealed.turn;
    void setCenter(node.position.x + BLOCK_WIDTH / 2, node.position.y + 40, { zoom: getZoom() });
    // The canvas puts a new block in when this has run.
    setTimeout(
      () => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${revealed.id}"]`)?.focus(),
      FOCUS_AFTER_MS,
    );
  }, [nodes, revealed, setCenter, getZoom]);
}
