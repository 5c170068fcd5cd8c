import { useState, type ReactNode } from 'react';
import type { ErrorDetail } from '../../../../../contracts/http-api-schema.ts';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { deleteItem, type Item } from '../data/items.ts';
import { useWords } from './words.ts';

/** Asks before items are deleted, and names what still uses one. */
export function DeleteDialog({
  items,
  onClose,
  onDeleted,
}: {
  /** Open where there are any. */
  items: readonly Item[];
  onClose: () => void;
  onDeleted: () => Promise<void>;
}): ReactNode {
  const { word } = useWords();
  const [uses, setUses] = useState<ErrorDetail[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const name = items.length === 1 ? (items[0]?.name ?? '') : word('form.several', { count: items.length });

  function close(): void {
    setUses([]);
    setFailure(undefined);
    onClose();
  }

  async function remove(): Promise<void> {
    setIsBusy(true);
    const refused: ErrorDetail[] = [];
    for (const item of items) {
      const response = await deleteItem(item.kind as Parameters<typeof deleteItem>[0], item.name);
      if (response.ok) continue;
      if (response.error.code === 'NOT_FOUND') continue;
      refused.push(...response.error.details);
      if (response.error.details.length === 0) setFailure(response.error.message);
    }
    setIsBusy(false);
    setUses(refused);
    if (refused.length > 0) return;
    close();
    await onDeleted();
  }

  return (
    <Dialog
      isOpen={items.length > 0}
      width={uses.length === 0 ? 360 : 520}
      title={word('form.deleteTitle', { name })}
      onClose={close}
      foot={
        <>
          <button type="button" className="btn outline" data-autofocus onClick={close}>
            {word('form.keepIt')}
          </button>
          <button type="button" className="btn danger" aria-disabled={isBusy} onClick={() => void remove()}>
            {word(uses.length === 0 ? 'form.delete' : 'form.tryAgain')}
          </button>
        </>
      }
    >
      {uses.length === 0 ? (
        <p className="dialog-text">{failure ?? word('form.deleteText')}</p>
      ) : (
        <div className="dialog-text" role="alert">
          <p>{word('form.stillUsed')}</p>
          <ul className="uses">
            {uses.map(({ path, message, remedy }) => (
              <li key={path}>
                <span className="med">{message}</span>
                {remedy !== undefined && <span className="xs muted block">{remedy}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
