import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';

/** What helps with a field, or what is wrong with it. */
export function FieldNote({
  id,
  hint,
  problem,
}: {
  id?: string;
  hint: string | undefined;
  problem: string | undefined;
}): ReactNode {
  if (problem !== undefined)
    return (
      <span className="err" id={id}>
        <Icon of={IconAlertCircle} size={12} />
        {problem}
      </span>
    );
  return hint === undefined ? null : (
    <span className="hint" id={id}>
      {hint}
    </span>
  );
}
