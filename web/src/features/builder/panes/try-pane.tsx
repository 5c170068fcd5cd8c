import {
  IconArrowBackUp,
  IconCheck,
  IconClock,
  IconDownload,
  IconHourglass,
  IconPlayerPlay,
  IconRefresh,
  IconSend,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../../shared/lib/format.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { PlayState } from '../language/play-thread.ts';
import { titleOf } from '../block-look.ts';
import { useBuilder, useBuilderContext } from '../builder-context.tsx';
import { usePlay, type Play } from '../model/use-play.ts';

/** The draft, played: a phone, the agents and the clock are at hand, and the canvas lights up where it goes. */
export function TryPane(): ReactNode {
  const { t } = useTranslation('builder');
  const play = usePlay();
  const { state, problem } = play;
  if (!state)
    return (
      <EmptyState
        icon={IconPlayerPlay}
        title={t('tryTitle')}
        action={
          <button type="button" className="btn primary" onClick={() => void play.begin()}>
            {t('tryBegin')}
          </button>
        }
      >
        {problem ?? t('tryMore')}
      </EmptyState>
    );
  return (
    <div className="try">
      <Phone play={play} state={state} />
      {problem !== undefined && (
        <p className="sect t-danger xs" role="alert">
          {problem}
        </p>
      )}
      <Deeds play={play} state={state} />
      <Trace state={state} />
    </div>
  );
}

function Phone({ play, state }: { play: Play; state: PlayState }): ReactNode {
  const { t } = useTranslation('builder');
  const title = useBuilder((builder) => builder.graph.title);
  const [text, setText] = useState('');
  const said = state.lines.filter(({ who }) => who !== '');
  const isOver = state.isEnded;
  const waiting = state.isSearching
    ? t('tryQueue')
    : state.offered === undefined
      ? undefined
      : t('tryOffered', { agent: state.offered });
  return (
    <section className="phone" aria-label={t('phone')}>
      <header>
        <div className="grow">
          <div className="semi clip">{title}</div>
          <div className="xxs muted">{t('youAre', { name: 'Ada Byron' })}</div>
        </div>
        <IconButton icon={IconRefresh} label={t('startAgain')} onClick={() => void play.begin()} />
      </header>
      <div className="log scroll" role="log" aria-label={t('chat')} tabIndex={0}>
        {said.map(({ who, text: words, at }, index) => (
          <div key={`${at}-${said.slice(0, index).length}`} className={`run ${who === 'customer' ? 'out' : ''}`}>
            <div className="bubble">{words}</div>
            {who !== 'customer' && who !== 'scenario' && <span className="xxs muted">{who}</span>}
          </div>
        ))}
        {state.quickReplies.length > 0 && !isOver && (
          <div className="row quick">
            {state.quickReplies.map((reply) => (
              <button
                key={reply}
                type="button"
                className="btn sm outline"
                onClick={() => void play.step({ tap: reply })}
              >
                {reply}
              </button>
            ))}
          </div>
        )}
        {waiting !== undefined && (
          <p className="sys">
            <Icon of={IconHourglass} size={14} />
            {waiting}
          </p>
        )}
        {isOver && <p className="sys">{t('tryEnded')}</p>}
      </div>
      <form
        className="input say"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void play.step({ customer: text });
          setText('');
        }}
      >
        <input
          aria-label={t('writeAs', { name: 'Ada' })}
          placeholder={t('writeAs', { name: 'Ada' })}
          value={text}
          disabled={isOver}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="icon-btn" aria-label={t('send')} disabled={isOver}>
          <Icon of={IconSend} />
        </button>
      </form>
    </section>
  );
}

function Deeds({ play, state }: { play: Play; state: PlayState }): ReactNode {
  const { t } = useTranslation('builder');
  const { store, languages, name } = useBuilderContext();
  const { offered, talking } = state;
  const act =
    (does: 'accept' | 'reject' | 'end' | 'log-out' | 'log-in', agent = play.agent) =>
    (): void =>
      void play.step({ agent, does });
  async function save(): Promise<void> {
    const text = await languages.checks.savePlay(t('savedTest'));
    store.setState({ tab: 'tests' });
    play.keepTest(name, text);
  }
  return (
    <div className="deeds">
      <div className="row">
        {offered !== undefined && (
          <>
            <button type="button" className="btn sm outline" onClick={act('accept', offered)}>
              <Icon of={IconUsers} size={14} />
              {t('agentAccepts')}
            </button>
            <button type="button" className="btn sm outline" onClick={act('reject', offered)}>
              {t('agentRejects')}
            </button>
          </>
        )}
        {talking !== undefined && (
          <>
            <button
              type="button"
              className="btn sm outline"
              onClick={() => void play.step({ agent: talking, says: t('agentWords') })}
            >
              {t('agentSays')}
            </button>
            <button type="button" className="btn sm outline" onClick={act('end', talking)}>
              {t('agentEnds')}
            </button>
          </>
        )}
        {talking === undefined && (
          <button type="button" className="btn sm outline" onClick={act('log-out')}>
            {t('nobodyLoggedIn')}
          </button>
        )}
      </div>
      <div className="row">
        <button type="button" className="btn sm outline" onClick={() => void play.step({ after: '1m' })}>
          <Icon of={IconClock} size={14} />
          {t('plusMinute')}
        </button>
        <button type="button" className="btn sm outline" onClick={() => void play.step({ after: '10m' })}>
          <Icon of={IconClock} size={14} />
          {t('plusTenMinutes')}
        </button>
        <span className="xs muted end num">{t('clock', { time: formatDuration(state.elapsedMs) })}</span>
      </div>
      <div className="row">
        <button type="button" className="btn sm quiet" disabled={state.steps === 0} onClick={() => void play.back()}>
          <Icon of={IconArrowBackUp} size={14} />
          {t('stepBack')}
        </button>
        <button type="button" className="btn sm quiet" disabled={state.steps === 0} onClick={() => void save()}>
          <Icon of={IconDownload} size={14} />
          {t('saveAsTest')}
        </button>
      </div>
    </div>
  );
}

function Trace({ state }: { state: PlayState }): ReactNode {
  const { t } = useTranslation('builder');
  const blocks = useBuilder((builder) => builder.graph.blocks);
  const nameOf = (id: string): string => {
    const block = blocks.find((each) => each.id === id);
    return block ? titleOf(block) : id;
  };
  const { path, block, isEnded } = state;
  const keys = path.map((way, index) => `${index} ${way.block}`);
  useEffect(() => {
    // Newer browsers give a promise here, which is no clean-up.
    document.querySelector('.trace > .now')?.scrollIntoView({ block: 'nearest' });
  }, [path.length]);
  return (
    <ol className="trace" aria-label={t('trace')}>
      {path.map((way, index) => (
        <li key={keys[index]}>
          <Icon of={IconCheck} size={14} className="t-success" />
          <span className="clip">{nameOf(way.block)}</span>
          <span className="muted clip">{way.way}</span>
        </li>
      ))}
      {!isEnded && block !== undefined && (
        <li className="now">
          <Icon of={IconHourglass} size={14} className="t-accent" />
          <span className="med clip">{nameOf(block)}</span>
          <span />
        </li>
      )}
    </ol>
  );
}
