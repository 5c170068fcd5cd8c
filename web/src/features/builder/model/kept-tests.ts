import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** The tests of scenarios, as test files, kept in this browser until they are put beside the scenario's file. */
export const useKeptTests = create<{ texts: Readonly<Record<string, string>> }>()(
  persist(() => ({ texts: {} }), { name: 'attendant.scenario-tests' }),
);

/** Keeps the tests of a scenario; another file's tests are put behind those that are there. */
export function keepTests(name: string, text: string): void {
  const before = useKeptTests.getState().texts[name];
  const tests = /^tests:\n([\s\S]*)$/m.exec(text)?.[1];
  const joined = before !== undefined && tests !== undefined ? `${before.trimEnd()}\n${tests}` : text;
  setTests(name, joined);
}

export function setTests(name: string, text: string): void {
  useKeptTests.setState(({ texts }) => ({ texts: { ...texts, [name]: text } }));
}
