import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoveView } from '../../../../../contracts/scenario-move-schema.ts';
import { call } from '../../../shared/client/client.ts';
import { tell } from '../../../shared/data/toasts.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { useBuilderContext } from '../builder-context.tsx';
import { versionsQuery } from '../model/scenario-data.ts';
import { isGoingOn, movesQuery } from './move-data.ts';

/** The latest moves of running conversations: how they stand; to be stopped, or undone. Nothing where there were none. */
export function MoveList(): ReactNode {
  const { t } = useTranslation('builder');
  const { name } = useBuilderContext();
  const { data: moves = [] } = useQuery(movesQuery(name));
  if (moves.length === 0) return null;
  return (
    <section className="sect moves" aria-label={t('move.list')}>
      <h3>{t('move.list')}</h3>
      <ol>
        {moves.map((move) => (
          <Move key={move.id} move={move} />
        ))}
      </ol>
    </section>
  );
}

const MOVED = ['continues', 'begins', 'restored'] as const;

function Move({ move }: { move: MoveView }): ReactNode {
  const { t } = useTranslation('builder');
  const formats = useFormats();
  const { name } = useBuilderContext();
  const queryClient = useQueryClient();
  const { data: versions = [] } = useQuery(versionsQuery(name));
  const { id, state, version, by, busy, counts, startedAt } = move;
  const number = versions.find((each) => each.version === version)?.number ?? '?';
  const moved = MOVED.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const stayed = Object.values(counts).reduce((sum, count) => sum + count, 0) - moved;
  async function order(what: 'stop' | 'undo'): Promise<void> {
    const response = await call(`POST /api/v1/scenarios/:name/moves/:id/${what}`, { params: { name, id } });
    if (!response.ok) tell({ kind: 'danger', title: t('move.notDone'), text: response.error.message });
    // What has only just been asked for is written down in a moment.
    setTimeout(() => void queryClient.invalidateQueries({ queryKey: ['scenario-moves', name] }), 1000);
  }
  return (
    <li className="version">
      <span className="row">
        <b className="semi">{version === null ? t('move.back') : t('move.to', { number })}</b>
        <span className={`chip ${isGoingOn(move) ? 'accent' : 'outline'}`}>{t(`move.state.${state}`)}</span>
        <span className="xs muted end">{formats.moment(startedAt)}</span>
      </span>
      <span className="xs secondary" role="status">
        {by} · {t('move.moved', { count: moved })} · {t('move.stayed', { count: stayed })}
        {busy > 0 && ` · ${t('move.busy', { count: busy })}`}
      </span>
      <span className="row">
        {isGoingOn(move) && (
          <button type="button" className="btn sm outline" onClick={() => void order('stop')}>
            {t('move.stop')}
          </button>
        )}
        {moved > 0 && version !== null && (
          <button type="button" className="btn sm quiet" onClick={() => void order('undo')}>
            {t('move.undo')}
          </button>
        )}
      </span>
    </li>
  );
}
