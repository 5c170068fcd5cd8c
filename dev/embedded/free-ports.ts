import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that kernels hand out by themselves (from 32768 on with Linux): nobody gets one between our look and its use. */
const LOWEST_PORT = 20_000;
const PORTS = 12_000;
/** Processes that start together have numbers that lie close together: each begins its search at a place of its own. */
const PORTS_PER_PROCESS = 16;

let taken = 0;

/** TCP ports of 127.0.0.1 that nobody listens on, each given once by this process. */
export async function findFreePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    if (taken >= PORTS) throw new Error(`No TCP port from ${LOWEST_PORT} on is free: stop what listens there.`);
    const port = LOWEST_PORT + ((process.pid * PORTS_PER_PROCESS + taken) % PORTS);
    taken += 1;
    if (await canListen('127.0.0.1', port)) ports.push(port);
  }
  return ports;
}

/** One TCP port of 127.0.0.1 that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const [port = 0] = await findFreePorts(1);
  return port;
}

/** True when a server could listen there now. */
export async function canListen(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
