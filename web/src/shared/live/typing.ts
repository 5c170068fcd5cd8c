import { create } from 'zustand';

/** Whoever writes is told of every few seconds; without that they have stopped. */
const FADES_MS = 8000;

interface TypingStore {
  /** User names of those who write, by conversation. */
  typing: Record<string, string[]>;
}

export const useTyping = create<TypingStore>()(() => ({ typing: {} }));

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Notes that a colleague writes, or has stopped. */
export function markTyping({
  conversationId,
  agent,
  isTyping,
}: {
  conversationId: string;
  agent: string;
  isTyping: boolean;
}): void {
  const key = `${conversationId} ${agent}`;
  clearTimeout(timers.get(key));
  if (isTyping)
    timers.set(
      key,
      setTimeout(() => markTyping({ conversationId, agent, isTyping: false }), FADES_MS),
    );
  useTyping.setState(({ typing }) => {
    const others = (typing[conversationId] ?? []).filter((each) => each !== agent);
    return { typing: { ...typing, [conversationId]: isTyping ? [...others, agent] : others } };
  });
}
