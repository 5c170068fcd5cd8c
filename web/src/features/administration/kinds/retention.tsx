import { IconHourglass } from '@tabler/icons-react';
import {
  RETENTION_FIELDS,
  RETENTION_KINDS,
  RETENTION_LEAST,
  RETENTION_MOST_DAYS,
  RETENTION_NAME,
} from '../../../../../contracts/retention.ts';
import type { Field, ItemSection } from '../model/section.ts';
import { nameColumn } from './columns.tsx';
import { RetentionDaysTable } from './retention-days.tsx';

const days: Field[] = RETENTION_KINDS.map((kind) => ({
  name: RETENTION_FIELDS[kind],
  type: 'number',
  min: RETENTION_LEAST[RETENTION_FIELDS[kind]].days,
  max: RETENTION_MOST_DAYS,
  unit: 'days',
  isHalf: true,
}));

/** For how long data is kept. */
export const retentionSection: ItemSection = {
  path: 'retention',
  kind: 'retention',
  icon: IconHourglass,
  only: RETENTION_NAME,
  columns: [nameColumn],
  begin: () => ({ name: RETENTION_NAME }),
  groups: [{ key: 'days', fields: days, show: RetentionDaysTable }],
};
