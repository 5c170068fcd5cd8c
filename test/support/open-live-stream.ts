import { WebSocket } from 'ws';
import { openLiveClient, type LiveClientOptions } from '../../contracts/live-client.ts';

/** The socket of a stack as programs have it: it comes back by itself. */
export function openLiveStream(
  { url, token }: { url: string; token: string },
  take: Pick<LiveClientOptions, 'onEvent' | 'onReset'>,
): { close(): void } {
  return openLiveClient({
    url: `${url.replace('http', 'ws')}/api/v1/events`,
    open: (address) => new WebSocket(address, { headers: { authorization: `Bearer ${token}` } }),
    wait: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    ...take,
  });
}
