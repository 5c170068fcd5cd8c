import { useQuery } from '@tanstack/react-query';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { call, unwrap } from '../../../shared/client/client.ts';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { ofKind, usersQuery, useItems } from '../data/items.ts';
import { useWords } from '../form/words.ts';
import type { ExtraProps } from '../model/section.ts';
import { SecondFactorCell } from './second-factor-cell.tsx';
import { useAction } from '../pages/use-action.ts';

/** Teams and log-ins of a user; a log-in can be ended here. */
export function UserSide({ item }: ExtraProps): ReactNode {
  const { word } = useWords();
  if (!item)
    return (
      <>
        <h2>{word('user.newTitle')}</h2>
        <p className="side-text">{word('user.newText')}</p>
      </>
    );
  return (
    <>
      <Teams username={item.name} />
      <Sessions username={item.name} />
      <SecondFactor username={item.name} />
    </>
  );
}

function Teams({ username }: { username: string }): ReactNode {
  const { word } = useWords();
  const teams = ofKind(useItems(), 'team').filter(
    ({ document }) => document.members.includes(username) || document.supervisors.includes(username),
  );
  return (
    <section>
      <h2>{word('user.teams')}</h2>
      {teams.length === 0 ? (
        <p className="side-text">{word('user.noTeam')}</p>
      ) : (
        <ul className="side-text">
          {teams.map(({ name }) => (
            <li key={name}>
              <Link to="/admin/$section/edit/$name" params={{ section: 'teams', name }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sessions({ username }: { username: string }): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const act = useAction();
  const { data: sessions = [] } = useQuery({
    queryKey: ['sessions-of', username],
    queryFn: async () => unwrap(await call('GET /api/v1/sessions', { query: { username } })).items,
  });
  return (
    <section className="where-used">
      <h2>{word('user.sessions')}</h2>
      {sessions.length === 0 && <p className="side-text">{word('user.noSession')}</p>}
      <ul className="side-sessions">
        {sessions.map(({ id, address, lastSeenAt }) => (
          <li key={id} className="row">
            <Icon of={IconDeviceDesktop} className="muted" />
            <span className="grow clip">
              <span className="num">{address}</span> <span className="xs muted">{formats.moment(lastSeenAt)}</span>
            </span>
            <button
              type="button"
              className="btn sm outline"
              onClick={() =>
                void act(() => call('DELETE /api/v1/sessions/:id', { params: { id } }), {
                  done: word('user.sessionEnded'),
                  shows: ['sessions-of'],
                })
              }
            >
              {word('user.endSession')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For somebody who has lost their authenticator and their recovery codes. */
function SecondFactor({ username }: { username: string }): ReactNode {
  const { word } = useWords();
  const act = useAction();
  const [isAsking, setIsAsking] = useState(false);
  const hasFactor = useQuery(usersQuery).data?.get(username)?.hasSecondFactor ?? false;
  const reset = async (): Promise<void> => {
    setIsAsking(false);
    await act(() => call('DELETE /api/v1/users/:username/second-factor', { params: { username } }), {
      done: word('user.factorReset'),
      shows: ['sessions-of', 'users'],
    });
  };
  return (
    <section className="where-used">
      <h2>{word('user.factor')}</h2>
      <p className="side-text">
        <SecondFactorCell username={username} />
      </p>
      {hasFactor && (
        <>
          <p className="side-text">{word('user.factorText')}</p>
          <button type="button" className="btn sm outline" onClick={() => setIsAsking(true)}>
            {word('user.resetFactor')}
          </button>
        </>
      )}
      <Dialog
        isOpen={isAsking}
        title={word('user.resetFactorOf', { name: username })}
        width={440}
        onClose={() => setIsAsking(false)}
        foot={
          <>
            <button type="button" className="btn outline" onClick={() => setIsAsking(false)}>
              {word('user.keepFactor')}
            </button>
            <button type="button" className="btn danger" onClick={() => void reset()}>
              {word('user.resetFactorNow')}
            </button>
          </>
        }
      >
        <p className="secondary dialog-text">{word('user.resetFactorText')}</p>
      </Dialog>
    </section>
  );
}
