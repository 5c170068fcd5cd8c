import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { CommandIo } from '../../command.ts';

const POLL_MS = 300;

const pagesSchema = z.object({ items: z.array(z.object({ pageId: z.string(), name: z.string() })) });
const customerSchema = z.object({ psid: z.string() });
const quickReplySchema = z.object({ title: z.string(), payload: z.string() });
const threadSchema = z.object({
  items: z.array(
    z.object({
      seq: z.number(),
      from: z.enum(['customer', 'page']),
      text: z.string().optional(),
      attachments: z.array(z.object({ type: z.string(), url: z.string().optional() })).optional(),
      quickReplies: z.array(quickReplySchema).optional(),
    }),
  ),
});
const stackSchema = z.object({ simulator: z.object({ url: z.string() }) });

type QuickReply = z.output<typeof quickReplySchema>;
type ThreadMessage = z.output<typeof threadSchema>['items'][number];

interface Chat {
  simulatorUrl: string;
  pageId: string;
  psid: string;
  /** What the numbers 1, 2, … stand for now. */
  quickReplies: QuickReply[];
}

/** Thrown for what the user can mend. */
class SimulateError extends Error {
  override readonly name = 'SimulateError';
}

/** Where a conversation in the terminal reads from. */
export interface SimulateIo extends CommandIo {
  input: NodeJS.ReadableStream;
}

/** Chats with a Page as a customer through the simulator of the running stack, until the input ends. Gives the exit code. */
export async function chatWithPage(
  wanted: { page: string | undefined; customer: string },
  io: SimulateIo,
): Promise<number> {
  try {
    const simulatorUrl = await findSimulator(io.env);
    const page = await choosePage(simulatorUrl, wanted.page);
    const customers = `${simulatorUrl}/simulator/pages/${encodeURIComponent(page.pageId)}/customers`;
    const { psid } = customerSchema.parse(await call(customers, { name: wanted.customer }));
    io.print(`${wanted.customer} writes to ${page.name}. A number presses that button; Ctrl-D ends.`);
    await converse({ simulatorUrl, pageId: page.pageId, psid, quickReplies: [] }, io);
    return 0;
  } catch (error) {
    if (!(error instanceof SimulateError)) throw error;
    io.printError(error.message);
    return 1;
  }
}

async function findSimulator(env: NodeJS.ProcessEnv): Promise<string> {
  const file = path.join(env['ATTENDANT_DATA_DIR'] || '.attendant', 'stack.json');
  try {
    return stackSchema.parse(JSON.parse(await readFile(file, 'utf8'))).simulator.url;
  } catch (cause) {
    throw new SimulateError(`No running stack found in ${file}. Start one with npm start.`, { cause });
  }
}

async function choosePage(simulatorUrl: string, wanted: string | undefined): Promise<{ pageId: string; name: string }> {
  const { items } = pagesSchema.parse(await call(`${simulatorUrl}/simulator/pages`));
  const page = wanted === undefined ? items[0] : items.find(({ pageId }) => pageId === wanted);
  if (page !== undefined) return page;
  const known = items.map(({ pageId, name }) => `${pageId} (${name})`).join(', ') || 'none';
  throw new SimulateError(`The simulator has no such Page. Known: ${known}.`);
}

/** Sends each line and prints replies as they come, until the input ends. */
async function converse(chat: Chat, io: SimulateIo): Promise<void> {
  const ended = new AbortController();
  const lines = createInterface({ input: io.input });
  const sendLines = async (): Promise<void> => {
    for await (const line of lines) if (line.trim() !== '') await write(chat, line.trim());
  };
  await Promise.all([
    sendLines().finally(() => ended.abort()),
    printReplies(chat, io, ended.signal).finally(() => lines.close()),
  ]);
}

async function write(chat: Chat, line: string): Promise<void> {
  const pressed = /^\d+$/.test(line) ? chat.quickReplies[Number(line) - 1] : undefined;
  const message = pressed === undefined ? { text: line } : { text: pressed.title, quickReplyPayload: pressed.payload };
  chat.quickReplies = [];
  const url = `${chat.simulatorUrl}/simulator/customers/${chat.psid}/messages`;
  await call(url, { pageId: chat.pageId, ...message });
}

async function printReplies(chat: Chat, io: CommandIo, signal: AbortSignal): Promise<void> {
  const earlier = await readThread(chat, 0);
  for (const message of earlier) printMessage(chat, message, io);
  let seen = earlier.length;
  // One look after the end as well, for what came while the last line was read.
  for (let isLast = false; !isLast;) {
    isLast = signal.aborted;
    const fresh = await readThread(chat, seen);
    seen += fresh.length;
    for (const message of fresh) if (message.from === 'page') printMessage(chat, message, io);
    if (!isLast) await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function readThread(chat: Chat, after: number): Promise<ThreadMessage[]> {
  const thread = `${chat.simulatorUrl}/simulator/pages/${encodeURIComponent(chat.pageId)}/customers/${chat.psid}`;
  return threadSchema.parse(await call(`${thread}/messages?after=${after}`)).items;
}

function printMessage(chat: Chat, message: ThreadMessage, io: CommandIo): void {
  const { from, text, attachments = [], quickReplies = [] } = message;
  const mark = from === 'page' ? '<' : '>';
  if (text !== undefined) io.print(`${mark} ${text}`);
  for (const { type, url } of attachments) io.print(`${mark} [${type}${url === undefined ? '' : ` ${url}`}]`);
  chat.quickReplies = quickReplies;
  for (const [index, { title }] of quickReplies.entries()) io.print(`    ${index + 1}  ${title}`);
}

async function call(url: string, body?: object): Promise<unknown> {
  const request =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, request).catch((cause: unknown) => {
    throw new SimulateError('The simulator does not answer. Is the stack still running?', { cause });
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new SimulateError(String(Object(answer).message ?? `HTTP ${response.status}`));
  return answer;
}
