import type { WebSocket } from '@fastify/websocket';
import { LIVE_CLOSE } from '../../contracts/live-event.ts';
import type { LiveListener } from './live-hub.ts';
import type { LiveCaller } from './may-receive.ts';

/** What may wait in this process for one client. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** How full it may be when more of what was missed is sent, and how long a client may take to get there. */
const ROOM_BYTES = 128 * 1024;
const ROOM_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;
const CLOSE_WITHIN_MS = 1000;

/** A socket as the hub sees it: one that does not take what it is sent is cut off and keeps nobody waiting. */
export function createSocketListener(socket: WebSocket, caller: LiveCaller): LiveListener {
  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  function cutOff(): void {
    if (!isOpen()) return;
    socket.close(LIVE_CLOSE.slow, 'slow: resume with since');
    setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
  }

  return {
    caller,
    send(text) {
      if (!isOpen()) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return cutOff();
      socket.send(text);
    },
    async whenRoom() {
      for (let waited = 0; isOpen(); waited += LOOK_EVERY_MS) {
        if (socket.bufferedAmount <= ROOM_BYTES) return true;
        if (waited >= ROOM_WITHIN_MS) cutOff();
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      return false;
    },
    cutOff,
  };
}
