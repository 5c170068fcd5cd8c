import type { BlockType } from '../blocks/block-types-schema.ts';
import type { SourcePath } from '../problems/finding.ts';
import type { Edited } from './change.ts';
import {
  addLooseBlock,
  deleteBlock,
  editList,
  freeId,
  insertOnWay,
  moveBlock,
  pasteBlocks,
  copyBlocks,
  wireWay,
  type ListEdit,
  type WayOut,
} from './edit-canvas.ts';
import { addBlock, renameBlock, setEnvelope, setField } from './edit-scenario.ts';
import { newBlock } from './new-block.ts';
import { readBlocks } from './read-blocks.ts';
import type { JsonValue } from './render-value.ts';

/** Everything that the canvas and the forms beside it can do to a text. */
export type CanvasEdit =
  | { do: 'wire'; block: string; way: WayOut; target: string | undefined }
  /** `on`: on the way from a block; `after`: below one in the order; neither: nothing leads to it. */
  | { do: 'add'; type: BlockType; on?: { from: string; way: WayOut; target: string | undefined }; after?: string }
  /** A new block to which a way leads that led nowhere. */
  | { do: 'add-at-exit'; type: BlockType; from: string; way: WayOut }
  | { do: 'delete'; blocks: readonly string[] }
  | { do: 'duplicate'; blocks: readonly string[] }
  | { do: 'paste'; text: string }
  | { do: 'envelope'; block: string; key: 'title' | 'note'; value: string }
  | { do: 'field'; block: string; path: SourcePath; value: JsonValue | undefined }
  | { do: 'list'; block: string; path: SourcePath; change: ListEdit }
  | { do: 'rename'; block: string; to: string }
  | { do: 'move'; block: string; by: 1 | -1 };

/** The new text and the blocks that are new in it, or why it cannot be. */
export type CanvasEdited = { source: string; added: readonly string[] } | { problem: string };

/** Carries out one edit of the canvas on the text. */
export function applyCanvasEdit(source: string, edit: CanvasEdit): CanvasEdited {
  switch (edit.do) {
    case 'add':
    case 'add-at-exit':
      return add(source, edit);
    case 'delete':
      return all(source, edit.blocks, deleteBlock);
    case 'duplicate':
      return paste(source, copyBlocks(source, edit.blocks));
    case 'paste':
      return paste(source, edit.text);
    case 'wire':
    case 'envelope':
    case 'field':
    case 'list':
    case 'rename':
    case 'move':
      return withNone(change(source, edit));
  }
}

type Adding = Extract<CanvasEdit, { do: 'add' | 'add-at-exit' }>;

function change(source: string, edit: Exclude<CanvasEdit, Adding | { do: 'delete' | 'duplicate' | 'paste' }>): Edited {
  switch (edit.do) {
    case 'wire':
      return wireWay(source, edit);
    case 'envelope':
      return setEnvelope(source, edit);
    case 'field':
      return setField(source, edit);
    case 'list':
      return editList(source, edit);
    case 'rename':
      return renameBlock(source, { id: edit.block, to: edit.to });
    case 'move':
      return moveBlock(source, { id: edit.block, by: edit.by });
  }
}

function add(source: string, edit: Adding): CanvasEdited {
  const id = freeId(
    edit.type,
    new Set([...(readBlocks(source)?.blocks ?? []).map((block) => block.id), 'end', 'return']),
  );
  const block = newBlock(edit.type);
  const added = addAt(source, edit, { id, block });
  return 'problem' in added ? added : { ...added, added: [id] };
}

function addAt(source: string, edit: Adding, made: Pick<Parameters<typeof addBlock>[1], 'id' | 'block'>): Edited {
  if (edit.do === 'add-at-exit') {
    const loose = addLooseBlock(source, made);
    return 'problem' in loose ? loose : wireWay(loose.source, { block: edit.from, way: edit.way, target: made.id });
  }
  if (edit.on) return insertOnWay(source, { ...edit.on, ...made });
  return edit.after === undefined ? addLooseBlock(source, made) : addBlock(source, { ...made, after: edit.after });
}

function paste(source: string, text: string): CanvasEdited {
  const pasted = pasteBlocks(source, text);
  return 'problem' in pasted ? pasted : { source: pasted.source, added: pasted.ids ?? [] };
}

function all(source: string, ids: readonly string[], edit: (source: string, id: string) => Edited): CanvasEdited {
  let text = source;
  for (const id of ids) {
    const edited = edit(text, id);
    if ('problem' in edited) return edited;
    text = edited.source;
  }
  return { source: text, added: [] };
}

function withNone(edited: Edited): CanvasEdited {
  return 'problem' in edited ? edited : { ...edited, added: [] };
}
