import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { MessageView } from '../../shared/data/messages.ts';

/** So near the end counts as there. */
const NEAR_PX = 48;

interface Scroll {
  ref: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** Messages that came while the end was out of view. */
  newCount: number;
  onScroll: () => void;
  toEnd: () => void;
  /** What is in view stays there when earlier messages come above it. */
  holdPlace: () => void;
}

/** Keeps the newest message in view for whoever is there, and leaves everybody else where they read. */
export function useScroll({
  key,
  messages,
  sent,
  onAtEnd,
}: {
  key: string;
  messages: readonly MessageView[];
  /** What was written here last: whoever writes wants to see it. */
  sent: string | undefined;
  onAtEnd: ((isAtEnd: boolean) => void) | undefined;
}): Scroll {
  const ref = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [newCount, setNewCount] = useState(0);
  const last = messages.at(-1)?.id;
  const first = messages[0]?.id;
  /** How far the end is from what is to stay in view. */
  const held = useRef<number>(undefined);
  const lastShown = useRef(last);
  const follows = useRef(true);

  function toEnd(): void {
    const place = ref.current;
    if (place) place.scrollTop = place.scrollHeight;
    setNewCount(0);
  }

  useLayoutEffect(() => {
    follows.current = true;
    setIsAtEnd(true);
    toEnd();
  }, [key]);
  useLayoutEffect(() => {
    if (sent === undefined) return;
    follows.current = true;
    setIsAtEnd(true);
    toEnd();
  }, [sent]);
  useLayoutEffect(() => {
    if (last === lastShown.current) return;
    lastShown.current = last;
    if (follows.current) toEnd();
    else setNewCount((count) => count + 1);
  }, [last]);
  useLayoutEffect(() => {
    const place = ref.current;
    if (place && held.current !== undefined) place.scrollTop = place.scrollHeight - held.current;
    held.current = undefined;
  }, [first]);
  // Photos and the composer change the height after they were drawn.
  useEffect(() => {
    const place = ref.current;
    if (!place) return undefined;
    const observer = new ResizeObserver(() => {
      if (follows.current) place.scrollTop = place.scrollHeight;
    });
    observer.observe(place);
    for (const child of place.children) observer.observe(child);
    return () => observer.disconnect();
  }, [key]);
  useEffect(() => onAtEnd?.(isAtEnd), [isAtEnd, onAtEnd]);

  return {
    ref,
    isAtEnd,
    newCount,
    onScroll() {
      const place = ref.current;
      if (!place) return;
      const isNear = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_PX;
      follows.current = isNear;
      setIsAtEnd(isNear);
      if (isNear) setNewCount(0);
    },
    toEnd,
    holdPlace() {
      const place = ref.current;
      held.current = place ? place.scrollHeight - place.scrollTop : undefined;
      follows.current = false;
    },
  };
}
