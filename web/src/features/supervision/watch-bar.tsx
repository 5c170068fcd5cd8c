import { IconEyeOff, IconHandGrab } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newClientId, unwrap } from '../../shared/client/client.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { firstNameOf } from '../../shared/data/names.ts';
import { useMe } from '../../shared/data/session.ts';
import { tellFailure } from '../../shared/data/toasts.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { CHAT_MODES, type ChatMode } from './agent-bar.tsx';

const MODE_OF = { monitor: 'monitor', coach: 'coach', member: 'join', consulted: 'join' } as const;

/** How I am in this chat; undefined where I am not, `holder` where it is mine. */
export function useOwnMode({ agent, participants = [], state }: ConversationView): ChatMode | 'holder' | undefined {
  const { username } = useMe();
  if (state !== 'connected') return undefined;
  if (agent?.username === username) return 'holder';
  const own = participants.find((each) => each.agent.username === username);
  return own && MODE_OF[own.role];
}

/** Enters a chat, or changes how one is in it. Rejects with the refusal. */
export async function superviseChat(id: string, mode: ChatMode): Promise<void> {
  const body = { clientId: newClientId(), mode };
  unwrap(await call('POST /api/v1/conversations/:id/supervise', { params: { id }, body }));
}

/** How one is in the chat, from one to another at any time, and the way out. */
export function WatchBar({
  conversation,
  mode,
  onLeft,
}: {
  conversation: ConversationView;
  mode: ChatMode | 'holder' | undefined;
  onLeft: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { id, agent, state } = conversation;
  const [isBusy, setIsBusy] = useState(false);
  const name = firstNameOf(agent?.name ?? '');

  function run(act: () => Promise<unknown>): void {
    setIsBusy(true);
    act()
      .catch((error: unknown) => tellFailure(t('supervision.watch.failed'), error))
      .finally(() => setIsBusy(false));
  }
  const request = { params: { id }, body: { clientId: newClientId() } };

  if (state !== 'connected') return <div className="watch-foot muted">{t('supervision.watch.ended')}</div>;
  if (mode === 'holder') return null;
  return (
    <div className="watch-foot">
      <Segmented
        label={t('supervision.watch.mode')}
        value={mode ?? ('none' as ChatMode)}
        choices={CHAT_MODES.map((each) => ({ value: each, label: t(`supervision.${each}`) }))}
        onChange={(chosen) => run(() => superviseChat(id, chosen))}
      />
      <span className="muted xs grow">
        {mode === undefined ? t('supervision.watch.notIn') : t(`supervision.watch.${mode}Hint`, { agent: name })}
      </span>
      <button
        type="button"
        className="btn sm outline"
        disabled={isBusy}
        onClick={() => run(async () => unwrap(await call('POST /api/v1/conversations/:id/take-over', request)))}
      >
        <Icon of={IconHandGrab} size={14} />
        {t('supervision.takeOver')}
      </button>
      {mode !== undefined && (
        <button
          type="button"
          className="btn sm quiet"
          disabled={isBusy}
          onClick={() =>
            run(async () => {
              unwrap(await call('POST /api/v1/conversations/:id/leave', request));
              onLeft();
            })
          }
        >
          <Icon of={IconEyeOff} size={14} />
          {t('supervision.watch.stop')}
        </button>
      )}
    </div>
  );
}

/** Where a coach writes: only the agent reads it. */
export function WhisperBox({ conversation: { id, agent } }: { conversation: ConversationView }): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const label = t('supervision.watch.whisper', { agent: firstNameOf(agent?.name ?? '') });

  async function send(): Promise<void> {
    if (text.trim() === '' || isBusy) return;
    setIsBusy(true);
    try {
      const body = { clientId: newClientId(), text: text.trim() };
      unwrap(await call('POST /api/v1/conversations/:id/inner-messages', { params: { id }, body }));
      setText('');
    } catch (error) {
      tellFailure(t('supervision.watch.failed'), error);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form
      className="whisper"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={2}
        aria-label={label}
        placeholder={label}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="submit" className="btn sm note" disabled={text.trim() === '' || isBusy}>
        {t('supervision.watch.send')}
      </button>
    </form>
  );
}
