import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, crc32 } from 'node:zlib';

/** Files that customers send, served to the worker that copies them. */
export async function serveFiles(): Promise<{ photo: string; voice: string; stop: () => Promise<void> }> {
  const [photo, voice] = [drawLamp(), playVoice()];
  const server = createServer((request, response) => {
    const isPhoto = request.url === '/lamp.png';
    response.writeHead(200, { 'content-type': isPhoto ? 'image/png' : 'audio/wav' }).end(isPhoto ? photo : voice);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    photo: `${url}/lamp.png`,
    voice: `${url}/voice.wav`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const WIDTH = 480;
const HEIGHT = 312;

/** A globe lamp on a table, as a PNG. */
function drawLamp(): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = y * (1 + WIDTH * 3) + 1 + x * 3;
      rows.set(colourAt(x, y), at);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Wall, table, foot, stem and globe; the globe's light falls from the upper left, and it has a dent. */
function colourAt(x: number, y: number): [number, number, number] {
  const [dx, dy] = [x - 190, y - 100];
  const distance = Math.hypot(dx, dy);
  if (distance < 66) {
    const light = 236 - Math.hypot(x - 165, y - 75) * 0.9;
    const isDent = Math.hypot(x - 215, y - 85) < 16;
    const shade = isDent ? light - 34 : light;
    return [shade, shade - 3, shade - 8];
  }
  if (Math.abs(dx) < 5 && y > 160 && y < 240) return [120, 100, 70];
  if (Math.hypot(dx / 3.4, (y - 246) * 1.6) < 18) return [58, 56, 54];
  if (x > 290 && x < 430 && y > 150 && y < 250) return [150 - (x - 290) * 0.2, 118 - (x - 290) * 0.15, 84];
  if (y > 215) return [196 - (y - 215) * 0.3, 156 - (y - 215) * 0.3, 112];
  return [222 - y * 0.1, 218 - y * 0.1, 208 - y * 0.1];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const RATE = 8000;
const SECONDS = 6;

/** Something that goes up and down as speech does, as a WAV. */
function playVoice(): Buffer {
  const samples = RATE * SECONDS;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) {
    const seconds = at / RATE;
    const loudness = 0.25 + 0.75 * Math.abs(Math.sin(seconds * 4.1) * Math.sin(seconds * 1.7));
    file.writeInt16LE(Math.round(Math.sin(seconds * 2 * Math.PI * 170) * loudness * 12_000), 44 + at * 2);
  }
  return file;
}
