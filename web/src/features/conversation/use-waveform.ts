import { useEffect, useState } from 'react';

const BARS = 34;
const FLAT: readonly number[] = Array.from({ length: BARS }, () => 20);
/** Longer ones are not looked into before they are played. */
const MAX_BYTES = 4 * 1024 * 1024;

interface Waveform {
  /** Height of each bar, in percent. */
  bars: readonly number[];
  seconds: number;
}

const known = new Map<string, Promise<Waveform>>();

/** How loud a recording is from moment to moment; flat until that is known. */
export function useWaveform(url: string): Waveform {
  const [waveform, setWaveform] = useState<Waveform>({ bars: FLAT, seconds: 0 });
  useEffect(() => {
    let isWanted = true;
    let found = known.get(url);
    if (!found) known.set(url, (found = read(url)));
    found.then(
      (made) => {
        if (isWanted) setWaveform(made);
      },
      // A recording that cannot be read is played all the same.
      () => known.delete(url),
    );
    return () => {
      isWanted = false;
    };
  }, [url]);
  return waveform;
}

async function read(url: string): Promise<Waveform> {
  const response = await fetch(url);
  const bytes = await response.arrayBuffer();
  if (!response.ok || bytes.byteLength > MAX_BYTES) return { bars: FLAT, seconds: 0 };
  const audio = await new OfflineAudioContext(1, 1, 22_050).decodeAudioData(bytes);
  const samples = audio.getChannelData(0);
  const width = Math.max(1, Math.floor(samples.length / BARS));
  const peaks = Array.from({ length: BARS }, (_each, bar) => {
    let peak = 0;
    const end = Math.min((bar + 1) * width, samples.length);
    for (let at = bar * width; at < end; at += 8) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const loudest = Math.max(...peaks, 0.01);
  return { bars: peaks.map((peak) => Math.max(12, Math.round((peak / loudest) * 100))), seconds: audio.duration };
}
