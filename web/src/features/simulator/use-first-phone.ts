import { useEffect, useRef } from 'react';
import { attempt } from './attempt.ts';
import { usePhones } from './phones-store.ts';
import { putCustomer, type Page } from './simulator-api.ts';

/** Who has the first phone where nobody has one yet. */
const FIRST_CUSTOMER = 'Ada Byron';

/** Opens the phone that the address asks for (`?page=&customer=`), and one at all where there is none. */
export function useFirstPhone(pages: readonly Page[]): void {
  const isDone = useRef(false);
  useEffect(() => {
    const [first] = pages;
    if (isDone.current || !first) return;
    isDone.current = true;
    const wanted = new URLSearchParams(location.search);
    const { phones, add } = usePhones.getState();
    const hasPhone = phones.some(({ pageId }) => pages.some((page) => page.pageId === pageId));
    const name = wanted.get('customer') ?? (hasPhone ? undefined : FIRST_CUSTOMER);
    if (name === undefined) return;
    const page = pages.find(({ pageId }) => pageId === wanted.get('page')) ?? first;
    attempt(async () => {
      const { pageId, psid } = await putCustomer(page.pageId, { name });
      if (!phones.some((phone) => phone.pageId === pageId && phone.psid === psid)) add({ pageId, psid });
    });
  }, [pages]);
}
