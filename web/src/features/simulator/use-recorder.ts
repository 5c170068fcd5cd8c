import { useRef, useState } from 'react';

interface Recorder {
  isRecording: boolean;
  /** @throws where there is no microphone, or it is not allowed */
  begin: () => Promise<void>;
  /** Gives the recording. */
  end: () => Promise<Blob>;
}

/** Records a voice clip. */
export function useRecorder(): Recorder {
  const recorder = useRef<MediaRecorder>(undefined);
  const [isRecording, setIsRecording] = useState(false);
  return {
    isRecording,
    async begin() {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder.current = new MediaRecorder(stream);
      recorder.current.start();
      setIsRecording(true);
    },
    async end() {
      const running = recorder.current;
      setIsRecording(false);
      if (!running) throw new Error('Nothing was recorded.');
      const made = new Promise<Blob>((resolve) => {
        running.addEventListener('dataavailable', ({ data }) => resolve(data), { once: true });
      });
      running.stop();
      for (const track of running.stream.getTracks()) track.stop();
      return toWav(await made);
    },
  };
}

/** Every player and every check of types knows WAV; what browsers record is called a video by some. */
async function toWav(recording: Blob): Promise<Blob> {
  const rate = 16_000;
  const audio = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await recording.arrayBuffer());
  const samples = audio.getChannelData(0);
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const write = (at: number, text: string): void => {
    for (const [index, byte] of new TextEncoder().encode(text).entries()) view.setUint8(at + index, byte);
  };
  write(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples.length, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (const [index, sample] of samples.entries()) {
    view.setInt16(44 + 2 * index, Math.max(-1, Math.min(1, sample)) * 32_767, true);
  }
  return new Blob([view], { type: 'audio/wav' });
}
