import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usersQuery } from '../data/items.ts';
import { useWords } from '../form/words.ts';

/** Whether a password alone logs a user in. Nothing while it is not known. */
export function SecondFactorCell({ username }: { username: string }): ReactNode {
  const { word } = useWords();
  const user = useQuery(usersQuery).data?.get(username);
  if (!user) return null;
  if (!user.hasSecondFactor) return <span className="muted">{word('user.factorOff')}</span>;
  return (
    <span className="row row-1">
      <Icon of={IconShieldCheck} size={14} />
      {word('user.factorOn')}
    </span>
  );
}
