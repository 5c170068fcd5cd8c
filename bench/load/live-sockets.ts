import { WebSocket } from 'ws';
import type { LiveFrame } from '../../contracts/live-event.ts';

/** A socket on the product's live events. */
export interface LiveSocket {
  socket: WebSocket;
  /** Number of the last frame. */
  lastSeq: () => number;
  received: () => number;
  closedWith: () => number | undefined;
}

const OPEN_WITHIN_MS = 30_000;

/** Opens a socket and waits for its first frame. `onFrame` hears of each, with the moment it came. */
export async function openLiveSocket(
  { port, token, since }: { port: number; token: string; since?: number },
  onFrame: (frame: LiveFrame, at: number) => void = () => undefined,
): Promise<LiveSocket> {
  const query = since === undefined ? '' : `?since=${since}`;
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events${query}`, { headers });
  let received = 0;
  let lastSeq = 0;
  let closedWith: number | undefined;
  socket.on('close', (code) => (closedWith = code));
  await new Promise<void>((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error('No first frame of live events')), OPEN_WITHIN_MS);
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      const frame = JSON.parse(data.toString()) as LiveFrame;
      lastSeq = frame.seq;
      if (frame.type !== 'ready' && frame.type !== 'reset') received += 1;
      onFrame(frame, at);
      clearTimeout(tooLate);
      resolve();
    });
  });
  return { socket, lastSeq: () => lastSeq, received: () => received, closedWith: () => closedWith };
}
