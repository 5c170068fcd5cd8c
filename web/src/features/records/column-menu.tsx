import { Menu } from '@mantine/core';
import { IconCheck, IconColumns3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../shared/ui/icon.tsx';
import { COLUMNS, useColumns } from './columns.ts';

/** Which columns the list has. */
export function ColumnMenu(): ReactNode {
  const { t } = useTranslation('records');
  const { shown, toggle } = useColumns();
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="btn outline">
          <Icon of={IconColumns3} />
          {t('columns')}
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('columns')}>
        {COLUMNS.map((column) => (
          <Menu.CheckboxItem
            key={column}
            checked={shown.includes(column)}
            checkIcon={<Icon of={IconCheck} size={14} />}
            onChange={() => toggle(column)}
          >
            {t(`column.${column}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
