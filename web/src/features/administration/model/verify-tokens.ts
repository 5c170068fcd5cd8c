import { create } from 'zustand';

/** Verify tokens that were written on this page, by account: they are still to be pasted into the Facebook app. */
export const useVerifyTokens = create<Readonly<Record<string, string>>>()(() => ({}));

/** Keeps a verify token readable until the page is loaded anew. */
export function rememberToken(account: string, token: unknown): void {
  if (typeof token === 'string') useVerifyTokens.setState({ [account]: token });
}
