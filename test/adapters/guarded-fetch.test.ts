import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedFetch, type GuardedResult } from '../../adapters/guarded-fetch.ts';
import { isPublicAddress } from '../../adapters/public-address.ts';
import { createPrivateHosts, isPrivateHostEntry } from '../../adapters/private-hosts.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<{ port: number; url: string }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}` };
}

const onLoopback = createGuardedFetch({ privateHosts: ['127.0.0.1', 'localhost'] });
const onPublic = createGuardedFetch({ privateHosts: [] });

function answered(result: GuardedResult): Extract<GuardedResult, { outcome: 'answered' }> {
  if (result.outcome !== 'answered') throw new Error(`not answered: ${JSON.stringify(result)}`);
  return result;
}

describe('createGuardedFetch', () => {
  it('gives status, headers, content type and body', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(404, { 'content-type': 'Text/Plain; charset=latin1', 'x-one': '1' });
      response.end(Buffer.from([0x67, 0xfc, 0x6e]));
    });
    const answer = answered(await onLoopback(`${url}/a?b=c`));
    expect(answer).toMatchObject({ status: 404, contentType: 'text/plain', isTruncated: false, url: `${url}/a?b=c` });
    expect(answer.headers['x-one']).toBe('1');
    expect(answer.bytes.toString('latin1')).toBe('gün');
  });

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://168.63.129.16/metadata',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://0.0.0.0/',
  ])('refuses %s without connecting', async (url) => {
    expect(await onPublic(url)).toMatchObject({ outcome: 'refused' });
  });

  it.each(['localhost', 'LOCALHOST'])('refuses the name %s when it is looked up', async (name) => {
    const { port } = await serve((_request, response) => response.end('secret'));
    expect(await onPublic(`http://${name}:${port}/`, { allowHttp: true })).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('ATTENDANT_PRIVATE_HOSTS') as string,
    });
  });

  it('refuses plain http, other schemes, passwords in the address and what is no URL', async () => {
    for (const url of ['http://example.com/', 'file:///etc/passwd', 'https://a:b@example.com/', 'no url', '/path']) {
      expect(await onPublic(url), url).toMatchObject({ outcome: 'refused' });
    }
  });

  it('checks a redirect like the first address', async () => {
    const { url, port } = await serve((request, response) => {
      if (request.url === '/secret') response.end('secret');
      else response.writeHead(302, { location: `http://localhost:${port}/secret` }).end();
    });
    const guarded = createGuardedFetch({ privateHosts: [`127.0.0.1/32`] });
    expect(await guarded(url, { allowHttp: true })).toMatchObject({ outcome: 'answered' });
    const strict = createGuardedFetch({ privateHosts: ['localhost'] });
    const away = await serve((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${port}/secret` }).end(),
    );
    expect(await strict(away.url.replace('127.0.0.1', 'localhost'))).toMatchObject({ outcome: 'refused' });
  });

  it('keeps to the hosts it is given, after a redirect as well', async () => {
    const { url, port } = await serve((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: `http://localhost:${port}/` }).end();
      else response.end('here');
    });
    const onlyHosts = ['127.0.0.1'];
    expect(await onLoopback(url, { onlyHosts })).toMatchObject({ outcome: 'answered' });
    expect(await onLoopback(`${url}/away`, { onlyHosts })).toMatchObject({ outcome: 'refused' });
    expect(await onLoopback('https://notfbcdn.net/', { onlyHosts: ['fbcdn.net'] })).toMatchObject({
      outcome: 'refused',
    });
  });

  it('gives another origin neither credentials nor the body', async () => {
    const seen: unknown[] = [];
    const target = await serve((request, response) => {
      seen.push([request.headers.authorization, request.headers['x-api-key'], request.headers.accept]);
      response.end();
    });
    const { url } = await serve((request, response) =>
      response.writeHead(request.method === 'PUT' ? 307 : 302, { location: target.url }).end(),
    );
    const headers = { Authorization: 'Bearer t', 'X-Api-Key': 'k', accept: 'text/html' };
    await onLoopback(url, { headers });
    expect(seen).toEqual([[undefined, undefined, 'text/html']]);
    expect(await onLoopback(url, { method: 'PUT', body: 'secret', headers })).toMatchObject({ outcome: 'refused' });
  });

  it('turns a POST into a GET where 303 asks for it and repeats it where 307 does', async () => {
    const seen: unknown[] = [];
    const { url } = await serve((request, response) => {
      if (request.url === '/end') {
        request.on('data', () => {}).on('end', () => response.end());
        seen.push([request.method, request.headers['content-type']]);
      } else response.writeHead(Number(request.url?.slice(1)), { location: '/end' }).end();
    });
    const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    await onLoopback(`${url}/303`, post);
    await onLoopback(`${url}/307`, post);
    expect(seen).toEqual([
      ['GET', undefined],
      ['POST', 'application/json'],
    ]);
  });

  it('ends an endless chain of redirects, and follows none where none is wanted', async () => {
    const { url } = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
    expect(await onLoopback(url)).toMatchObject({ outcome: 'refused', reason: 'more than 5 redirects' });
    expect(await onLoopback(url, { maxRedirects: 0 })).toMatchObject({ outcome: 'answered', status: 302 });
  });

  it('cuts a body off at its bound, also one that unpacks beyond it', async () => {
    const { url } = await serve((request, response) => {
      const bytes = Buffer.alloc(1_000_000, 0x61);
      if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes));
      else response.end(bytes);
    });
    for (const path of ['', '/packed']) {
      const answer = answered(await onLoopback(`${url}${path}`, { maxBytes: 1000 }));
      expect([answer.bytes.length, answer.isTruncated]).toEqual([1000, true]);
    }
    const whole = answered(await onLoopback(`${url}/packed`, { maxBytes: 1_000_000 }));
    expect([whole.bytes.length, whole.isTruncated]).toEqual([1_000_000, false]);
  });

  it('ends in time where a server never answers, and where its body never ends', async () => {
    const { url } = await serve((request, response) => {
      if (request.url !== '/drip') return;
      response.writeHead(200);
      response.write('a');
    });
    for (const path of ['', '/drip']) {
      expect(await onLoopback(`${url}${path}`, { timeoutMs: 100 })).toMatchObject({ outcome: 'timeout' });
    }
  });

  it('tells a call that never left from one that may have', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    expect(await onLoopback(url)).toMatchObject({ outcome: 'failed', hasLeft: true });
    const closed = await serve(() => {});
    servers.at(-1)?.close();
    expect(await onLoopback(closed.url)).toMatchObject({ outcome: 'failed', hasLeft: false });
  });

  it('takes a header that no request can carry for a failure', async () => {
    const { url } = await serve((_request, response) => response.end());
    expect(await onLoopback(url, { headers: { 'x-a': 'b\r\nc: d' } })).toMatchObject({ outcome: 'failed' });
  });
});

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.8.9.1',
    '100.100.100.200',
    '192.168.1.1',
    '172.31.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    'fec0::1',
    'ff02::1',
    'name',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('createPrivateHosts', () => {
  it('allows by name, name and port, address, and block', () => {
    const hosts = createPrivateHosts(['files.intranet', 'bot.intranet:8080', '10.1.0.0/16', '[fd00::1]:99']);
    expect(hosts.isAllowed({ hostname: 'Files.Intranet', port: 1 })).toBe(true);
    expect(hosts.isAllowed({ hostname: 'bot.intranet', port: 8080 })).toBe(true);
    expect(hosts.isAllowed({ hostname: 'bot.intranet', port: 80 })).toBe(false);
    expect(hosts.isAllowed({ hostname: 'any', port: 443, address: '10.1.2.3' })).toBe(true);
    expect(hosts.isAllowed({ hostname: 'any', port: 443, address: '::ffff:10.1.2.3' })).toBe(true);
    expect(hosts.isAllowed({ hostname: 'any', port: 443, address: '10.2.2.3' })).toBe(false);
    expect(hosts.isAllowed({ hostname: 'fd00::1', port: 99, address: 'fd00::1' })).toBe(true);
  });

  it('knows what is no entry', () => {
    expect(['a.b', 'a.b:1', '10.0.0.0/8', '::1', '[::1]:80'].filter((entry) => !isPrivateHostEntry(entry))).toEqual([]);
    expect(['', 'http://a', 'a b:x', 'a/8'].filter(isPrivateHostEntry)).toEqual([]);
  });
});
