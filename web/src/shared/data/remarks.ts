import { create } from 'zustand';

/** Comments on single messages of the transcript that is shown: their numbers, and what writes another one. */
interface Remarks {
  numbers: Readonly<Record<string, number>>;
  add: ((messageId: string) => void) | undefined;
}

export const useRemarks = create<Remarks>()(() => ({ numbers: {}, add: undefined }));

/** Shows other comments; `add` is absent where none can be written. */
export function showRemarks(messageIds: readonly string[], add?: (messageId: string) => void): void {
  const numbers = Object.fromEntries(messageIds.map((id, index) => [id, index + 1]));
  useRemarks.setState({ numbers, add });
}
