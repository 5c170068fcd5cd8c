import { useRef } from 'react';

/** Keys of rows that have no name of their own, kept while rows move, come and go. */
export function useRowKeys(count: number) {
  const next = useRef(0);
  const keys = useRef<number[]>([]);
  while (keys.current.length < count) keys.current.push(next.current++);
  if (keys.current.length > count) keys.current.length = count;
  return {
    keys: keys.current,
    insert: () => void keys.current.push(next.current++),
    remove: (index: number) => void keys.current.splice(index, 1),
    swap(from: number, to: number) {
      const [one, other] = [keys.current[from], keys.current[to]];
      if (one === undefined || other === undefined) return;
      [keys.current[from], keys.current[to]] = [other, one];
    },
  };
}
