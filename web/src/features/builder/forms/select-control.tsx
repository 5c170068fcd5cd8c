import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldControl } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { titleOf } from '../block-look.ts';
import { useBuilder } from '../builder-context.tsx';

/** One of some values. */
export function SelectControl({
  control,
  value,
  onChange,
  children,
  look = '',
}: {
  control: Partial<FieldControl> & { 'aria-label'?: string };
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
  look?: string;
}): ReactNode {
  return (
    <div className={`input select ${look}`}>
      <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      <Icon of={IconChevronDown} />
    </div>
  );
}

/** Where something goes: a block, or the end. `open`: what it is called when it goes nowhere of its own. */
export function TargetControl({
  control,
  value,
  onChange,
  open,
  isOpen = false,
}: {
  control: Partial<FieldControl> & { 'aria-label'?: string };
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  open?: string | undefined;
  isOpen?: boolean;
}): ReactNode {
  const { t } = useTranslation('builder');
  const blocks = useBuilder((state) => state.graph.blocks);
  const own = blocks.filter(({ isBuiltIn }) => !isBuiltIn);
  const isKnown = value === undefined || ['end', 'return'].includes(value) || own.some(({ id }) => id === value);
  return (
    <SelectControl
      control={control}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      look={isOpen ? 'open' : ''}
    >
      {(open !== undefined || value === undefined) && <option value="">{open ?? ''}</option>}
      {!isKnown && <option value={value}>{t('unknownBlock', { id: value })}</option>}
      {own.map((block) => (
        <option key={block.id} value={block.id}>
          {titleOf(block)}
        </option>
      ))}
      {!own.some(({ id }) => id === 'end') && <option value="end">{t('endConversation')}</option>}
    </SelectControl>
  );
}
