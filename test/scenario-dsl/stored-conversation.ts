import type { StoredConversation } from '../../contracts/stored-conversation-schema.ts';

/** Epoch ms of the beginning. */
export const start = Date.UTC(2026, 10, 22, 10);
export const at = (seconds: number): string => new Date(start + 1000 * seconds).toISOString();

/** What was said, in seconds from the beginning. */
export type Line = [seconds: number, author: 'customer' | 'scenario' | 'agent', text: string];
/** What the scenario was told, behind which line. */
export type Told = [seconds: number, afterLine: number, event: { type: string } & Record<string, unknown>];

/** A conversation of these lines, ended with the last of them. */
export function storedOf(
  lines: Line[],
  told: Told[] = [],
  changes: Partial<StoredConversation> = {},
): StoredConversation {
  return {
    id: 'c1',
    pageId: 'p',
    psid: 'u',
    scenario: { name: 'test', version: 'a' },
    block: 'end',
    startedAt: at(0),
    endedAt: at(lines.at(-1)?.[0] ?? 0),
    endReason: 'exit',
    openedWith: { variables: { customer: { firstName: 'Ada' } }, inactivityTexts: ['Are you there?'] },
    messages: lines.map(([seconds, author, text], index) => ({
      seq: index + 1,
      at: at(seconds),
      direction: author === 'customer' ? 'in' : 'out',
      author,
      kind: 'message',
      text,
      attachments: [],
      ...(author === 'customer' ? {} : { status: 'delivered' as const }),
    })),
    recordedInputs: told.map(([seconds, after, event]) => ({ seq: after + 1, at: at(seconds), event })),
    isCut: false,
    ...changes,
  };
}
