import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphBlock, GraphExit } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { branchName, nextNameOf, titleOf } from '../block-look.ts';
import { useActions, useBuilder } from '../builder-context.tsx';
import { TargetControl } from '../forms/select-control.tsx';

/** Every way out of a block, and where it goes. */
export function ExitsForm({ block }: { block: GraphBlock }): ReactNode {
  const { t } = useTranslation('builder');
  const blocks = useBuilder((state) => state.graph.blocks);
  // An If's branches stand with their conditions above.
  const shown = block.exits.filter(({ kind, name }) => block.type !== 'if' || kind !== 'branch' || name === 'else');
  if (shown.length === 0) return null;
  const index = blocks.findIndex(({ id }) => id === block.id);
  const below = blocks[index + 1];
  const belowTitle = below && !below.isBuiltIn ? titleOf(below) : undefined;
  const open = shown.filter(({ kind, target }) => kind === 'outcome' && target === undefined);
  return (
    <section className="sect col">
      <h3 className="label">{t('exits')}</h3>
      {shown.map((exit) => (
        <ExitRow key={exit.key} block={block} exit={exit} below={belowTitle} />
      ))}
      {open.length > 0 && (
        <p className="xs t-warn">
          {t('openExits', {
            exits: open.map(({ name }) => name.replaceAll('-', ' ')).join(', '),
            next: belowTitle ?? t('endConversation'),
            count: open.length,
          })}
        </p>
      )}
    </section>
  );
}

function ExitRow({ block, exit, below }: { block: GraphBlock; exit: GraphExit; below: string | undefined }): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const isOpen = exit.kind === 'outcome' && exit.target === undefined;
  const isOther = exit.kind === 'outcome' || exit.kind === 'failure';
  const name =
    exit.kind === 'next'
      ? t(`ways.${nextNameOf(block)}`)
      : exit.kind === 'branch'
        ? branchName(exit)
        : exit.name.replaceAll('-', ' ');
  const otherwise =
    exit.kind === 'next'
      ? t('nextBelow', { title: below ?? t('endConversation') })
      : exit.kind === 'failure'
        ? t('failsOtherwise')
        : exit.kind === 'outcome'
          ? t('chooseBlock')
          : undefined;
  const way = exit.path ? { path: exit.path } : { exit: exit.name };
  return (
    <div className="erow">
      <span className={`ex ${isOpen ? 'open' : isOther ? 'fail' : ''}`} title={exit.when}>
        {isOpen && <Icon of={IconAlertTriangle} size={12} />}
        <span className="clip">{name}</span>
      </span>
      <TargetControl
        control={{ 'aria-label': t('whereGoes', { exit: name }) }}
        value={exit.isWritten || exit.kind === 'branch' ? exit.target : undefined}
        open={otherwise}
        isOpen={isOpen}
        onChange={(target) => void edit({ do: 'wire', block: block.id, way, target })}
      />
    </div>
  );
}
