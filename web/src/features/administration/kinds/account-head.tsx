import { IconAlertCircle, IconCheck, IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Icon } from '../../../shared/ui/icon.tsx';
import { testQuery, useSendLane } from '../data/accounts.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';
import { useAgo } from './use-ago.ts';

/** How the account fares, and the button that looks again. */
export function AccountHead({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  const ago = useAgo();
  const name = item?.name ?? '';
  const lane = useSendLane(item?.name);
  const { data, isFetching, refetch } = useQuery(testQuery(name));
  if (!item) return null;
  const failed = data?.checks.filter(({ state }) => state === 'failed').length;
  return (
    <>
      {'enabled' in item.document && item.document.enabled === false && (
        <span className="chip warn hide-phone">
          <Icon of={IconPlayerPause} size={12} />
          {word('account.disabled')}
        </span>
      )}
      {failed !== undefined && failed > 0 && (
        <span className="chip danger">
          <Icon of={IconAlertCircle} size={12} />
          {word('account.failedChecks', { count: failed })}
        </span>
      )}
      {failed === 0 && (
        <span className="chip success">
          <Icon of={IconCheck} size={12} />
          {word('account.works')}
        </span>
      )}
      <span className="end xs muted num hide-narrow">
        {lane?.lastEventAt === undefined
          ? word('account.noEvent')
          : word('account.lastEvent', { ago: ago(lane.lastEventAt) })}
      </span>
      <button
        type="button"
        className="btn outline hide-phone"
        aria-disabled={isFetching}
        onClick={() => void refetch()}
      >
        {word(isFetching ? 'account.testing' : 'account.test')}
      </button>
    </>
  );
}
