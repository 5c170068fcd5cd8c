import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconSitemap, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockTypeDescription } from '../../../../../scenario-dsl/document/describe-block-types-schema.ts';
import type { GraphBlock } from '../../../../../scenario-dsl/edit/describe-graph.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { familyOf, iconOf, titleOf } from '../block-look.ts';
import { useActions, useBuilder } from '../builder-context.tsx';
import { BranchesForm } from '../forms/branches-form.tsx';
import { toField } from '../forms/schema-field.ts';
import { TextControl } from '../forms/text-control.tsx';
import { MapFields, ValueField } from '../forms/value-field.tsx';
import { ExitsForm } from './exits-form.tsx';

/** What the selected block says and does, and where its ways go. */
export function PropertiesPane(): ReactNode {
  const { t } = useTranslation('builder');
  const selected = useBuilder((state) => state.selected);
  const block = useBuilder((state) => state.graph.blocks.find(({ id }) => id === selected.at(-1)));
  const types = useBuilder((state) => state.types);
  const isStale = useBuilder((state) => state.isStale || state.isReadOnly);
  if (selected.length > 1) return <SeveralPane blocks={selected} />;
  if (!block)
    return (
      <EmptyState icon={IconSitemap} title={t('nothingSelected')}>
        {t('nothingSelectedMore')}
      </EmptyState>
    );
  if (block.isBuiltIn)
    return (
      <EmptyState icon={iconOf(block.type)} title={titleOf(block)}>
        {t('builtIn', { id: block.id })}
      </EmptyState>
    );
  const type = types.find((each) => each.type === block.type);
  return (
    <fieldset className="props plain" disabled={isStale} key={block.id}>
      <legend className="visually-hidden">{titleOf(block)}</legend>
      <BlockHead block={block} type={type} family={familyOf(block.type, types)} />
      <div className="sect col">
        <Envelope block={block} />
        {type && <Settings block={block} type={type} />}
      </div>
      <ExitsForm block={block} />
      <About type={type} />
    </fieldset>
  );
}

function BlockHead({
  block,
  type,
  family,
}: {
  block: GraphBlock;
  type: BlockTypeDescription | undefined;
  family: string;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { edit, select } = useActions();
  const { id } = block;
  return (
    <header className={`insp-head f-${family}`}>
      <span className="tile lg">
        <Icon of={iconOf(block.type)} size={18} />
      </span>
      <div className="grow">
        <div className="xs muted">
          {type?.title ?? t('unknownType')} · <span className="mono">{id}</span>
        </div>
        <h2 className="clip">{titleOf(block)}</h2>
      </div>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <IconButton icon={IconDots} label={t('moreOf', { title: titleOf(block) })} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconCopy} />} onClick={() => void edit({ do: 'duplicate', blocks: [id] })}>
            {t('duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon of={IconArrowUp} />}
            onClick={() => void edit({ do: 'move', block: id, by: -1 })}
          >
            {t('moveBefore')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon of={IconArrowDown} />}
            onClick={() => void edit({ do: 'move', block: id, by: 1 })}
          >
            {t('moveBehind')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon of={IconTrash} />}
            onClick={() => {
              select([]);
              void edit({ do: 'delete', blocks: [id] });
            }}
          >
            {t('deleteBlock')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function Envelope({ block }: { block: GraphBlock }): ReactNode {
  const { t } = useTranslation('builder');
  const { edit, reveal } = useActions();
  const [isNoting, setIsNoting] = useState(false);
  const write = (key: 'title' | 'note') => (value: string) =>
    void edit({ do: 'envelope', block: block.id, key, value });
  return (
    <>
      <Field label={t('title')}>
        {(control) => (
          <TextControl
            control={control}
            value={block.title ?? ''}
            onWrite={write('title')}
            placeholder={titleOf(block)}
          />
        )}
      </Field>
      {block.note !== undefined || isNoting ? (
        <Field label={t('note')}>
          {(control) => <TextControl control={control} value={block.note ?? ''} onWrite={write('note')} isLong />}
        </Field>
      ) : (
        <button type="button" className="btn link sm self-start" onClick={() => setIsNoting(true)}>
          {t('addNote')}
        </button>
      )}
      <details className="xs">
        <summary className="muted">{t('idOf', { id: block.id })}</summary>
        <Field label={t('id')} hint={t('idHint')}>
          {(control) => (
            <TextControl
              control={control}
              value={block.id}
              onWrite={(to) =>
                void edit({ do: 'rename', block: block.id, to }).then(() => {
                  reveal(to);
                })
              }
            />
          )}
        </Field>
      </details>
    </>
  );
}

function Settings({ block, type }: { block: GraphBlock; type: BlockTypeDescription }): ReactNode {
  const { fields, id } = block;
  if (type.type === 'if' && Array.isArray(fields)) return <BranchesForm block={id} branches={fields} />;
  const place = { block: id, path: [] };
  if (typeof fields !== 'object' || fields === null || !type.schema.properties)
    return <ValueField field={toField(type.title, type.schema, true)} value={fields} place={place} />;
  return <MapFields schema={type.schema} value={fields as Record<string, unknown>} place={place} />;
}

function About({ type }: { type: BlockTypeDescription | undefined }): ReactNode {
  const { t } = useTranslation('builder');
  if (!type) return null;
  return (
    <details className="sect xs about">
      <summary>{t('aboutBlock', { title: type.title })}</summary>
      <p>{type.description}</p>
      <ul>
        {type.notes.map((note) => (
          <li key={note}>{note.replaceAll('`', '')}</li>
        ))}
      </ul>
    </details>
  );
}

function SeveralPane({ blocks }: { blocks: readonly string[] }): ReactNode {
  const { t } = useTranslation('builder');
  const { edit, select } = useActions();
  return (
    <div className="sect col">
      <h2>{t('severalSelected', { count: blocks.length })}</h2>
      <div className="row">
        <button type="button" className="btn outline" onClick={() => void edit({ do: 'duplicate', blocks })}>
          <Icon of={IconCopy} />
          {t('duplicate')}
        </button>
        <button
          type="button"
          className="btn outline"
          onClick={() => {
            select([]);
            void edit({ do: 'delete', blocks });
          }}
        >
          <Icon of={IconTrash} />
          {t('deleteBlocks')}
        </button>
      </div>
    </div>
  );
}
