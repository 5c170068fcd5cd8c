import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../shared/lib/format.ts';
import { useWaveform } from './use-waveform.ts';

/** A voice message: its loudness as bars, how far it is, and how long it lasts. */
export function Voice({ url, isFirst }: { url: string; isFirst: boolean }): ReactNode {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const { bars, seconds } = useWaveform(url);
  const share = seconds > 0 ? time / seconds : 0;

  function toggle(): void {
    const player = audio.current;
    if (!player) return;
    if (isPlaying) player.pause();
    else void player.play();
  }

  function seek(to: number): void {
    if (audio.current) audio.current.currentTime = to;
    setTime(to);
  }

  return (
    <div className={`bubble voice ${isFirst ? 'first' : ''}`}>
      {/* Voice messages come without captions. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        onEnded={() => setTime(0)}
        onTimeUpdate={(event) => setTime(event.currentTarget.currentTime)}
      />
      <button
        type="button"
        className="play"
        aria-label={isPlaying ? t('conversation.pause') : t('conversation.play')}
        onClick={toggle}
      >
        {isPlaying ? <IconPlayerPauseFilled size={14} aria-hidden /> : <IconPlayerPlayFilled size={14} aria-hidden />}
      </button>
      <span className="wave">
        {bars.map((height, index) => (
          // Bars stand for moments, which keep their places.
          // oxlint-disable-next-line react/no-array-index-key
          <i key={index} className={index / bars.length < share ? 'p' : ''} style={{ height: `${height}%` }} />
        ))}
        <input
          type="range"
          min={0}
          // Of one whose length is not known nothing can be skipped.
          max={seconds}
          disabled={seconds === 0}
          step={0.1}
          value={time}
          aria-label={t('conversation.position')}
          aria-valuetext={formatDuration(time * 1000)}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </span>
      <span className="xs muted num">{formatDuration((isPlaying || time > 0 ? time : seconds) * 1000)}</span>
    </div>
  );
}
