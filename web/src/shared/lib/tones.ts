import { useSettings } from '../data/settings.ts';

interface Note {
  hz: number;
  at: number;
  length: number;
}

const OFFER: readonly Note[] = [
  { hz: 659.3, at: 0, length: 0.16 },
  { hz: 880, at: 0.18, length: 0.28 },
];
const MESSAGE: readonly Note[] = [{ hz: 740, at: 0, length: 0.14 }];

let context: AudioContext | undefined;

/** Two notes for an offer, one for a message: made here, nothing is loaded. Silent until the page was clicked once. */
export function playTone(kind: 'offer' | 'message'): void {
  const { offerSound, messageSound, volume } = useSettings.getState();
  const isOn = kind === 'offer' ? offerSound : messageSound;
  if (!isOn || volume === 0 || !('AudioContext' in window)) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  for (const note of kind === 'offer' ? OFFER : MESSAGE) playNote(context, note, volume / 100);
}

function playNote(audio: AudioContext, { hz, at, length }: Note, volume: number): void {
  const start = audio.currentTime + at;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.25 * volume, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + length);
}
