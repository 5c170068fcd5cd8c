/** A block of a scenario or of a compiled one. */
interface Block {
  id: string;
  title?: string;
  type: string;
  isBuiltIn?: boolean;
}

/** Blocks that nobody wrote are nowhere to send anybody to. */
export function isShown({ isBuiltIn }: Pick<Block, 'isBuiltIn'>): boolean {
  return isBuiltIn !== true;
}

/** The blocks that somebody wrote, in the order of the text. */
export function presentBlocks(blocks: readonly Block[]): { id: string; title: string | null; type: string }[] {
  return blocks.filter(isShown).map(({ id, title = null, type }) => ({ id, title, type }));
}
