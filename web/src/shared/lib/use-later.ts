import { useEffect, useState } from 'react';

/** What somebody types, once they pause: not every letter is a question to the api. */
export function useLater(value: string, ms = 200): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
