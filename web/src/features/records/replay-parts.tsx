import { IconFlask } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MomentView, ReplayView } from '../../../../contracts/time-travel-schema.ts';
import { fetchSavedTest } from '../../shared/data/records.ts';
import { Icon } from '../../shared/ui/icon.tsx';

/** The scenario's blocks in the order of its text; the one where it stands is lit, and those that it came through are marked. */
export function Blocks({
  blocks,
  moment,
  visited,
}: {
  blocks: ReplayView['blocks'];
  moment: MomentView;
  visited: ReadonlySet<string>;
}): ReactNode {
  const { t } = useTranslation('records');
  const here = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Only the list moves: whoever looks at something else is not taken away from it.
    const [item, list] = [here.current, here.current?.parentElement];
    if (item && list) list.scrollTop = item.offsetTop - list.clientHeight / 2;
  }, [moment]);
  return (
    <section>
      <h2>{t('replay.blocks')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard */}
      <ol className="replay-blocks" aria-label={t('replay.blocks')} tabIndex={0}>
        {blocks.map(({ id, title, type }) => {
          const isHere = id === moment.block;
          return (
            <li
              key={id}
              ref={isHere ? here : undefined}
              aria-current={isHere ? 'step' : undefined}
              className={visited.has(id) ? 'visited' : ''}
            >
              <span className="clip grow" dir="auto">
                {title ?? id}
              </span>
              <span className="muted xxs">{type}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What the scenario says, one message after the other; nothing where it says nothing. */
export function Said({ texts, label }: { texts: readonly string[]; label: string }): ReactNode {
  if (texts.length === 0) return null;
  return (
    <ul className="replay-said" aria-label={label}>
      {texts.map((text, place) => (
        <li key={`${texts.slice(0, place).join(' ').length} ${text}`} dir="auto">
          {text}
        </li>
      ))}
    </ul>
  );
}

/** What happened, taken home as a scenario test. */
export function SaveAsTest({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('records');
  const saving = useMutation({
    mutationFn: () => fetchSavedTest(id),
    onSuccess: ({ source }) => source !== null && download(id, source),
  });
  const problem = saving.isError ? t('replay.failed') : (saving.data?.problem ?? undefined);
  return (
    <section className="replay-test">
      <button type="button" className="btn sm outline" disabled={saving.isPending} onClick={() => saving.mutate()}>
        <Icon of={IconFlask} />
        {t('replay.save')}
      </button>
      <p className="muted xs">{t('replay.masked')}</p>
      <div role="status">{saving.data?.source && t('replay.saved')}</div>
      {problem !== undefined && (
        <p className="t-danger xs" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function download(id: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = `conversation-${id.slice(-8).replaceAll(/\W/g, '')}.test.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
}
