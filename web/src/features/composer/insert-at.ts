/** Puts something where the caret is, and the caret behind it. */
export function insertAt(
  box: HTMLTextAreaElement | null,
  { text, inserted, onChange }: { text: string; inserted: string; onChange: (text: string) => void },
): void {
  const start = box?.selectionStart ?? text.length;
  const end = box?.selectionEnd ?? text.length;
  onChange(text.slice(0, start) + inserted + text.slice(end));
  requestAnimationFrame(() => {
    box?.focus();
    box?.setSelectionRange(start + inserted.length, start + inserted.length);
  });
}
