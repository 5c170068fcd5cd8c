import type { Item } from '../data/items.ts';

/** Gives items as a file that `attendant apply` takes; secrets are not in it, and stay as they are where it is applied. */
export async function downloadItems(items: readonly Item[], name: string): Promise<void> {
  const { stringify } = await import('yaml');
  const text = items.map(({ document }) => stringify(document)).join('---\n');
  save(new Blob([text], { type: 'application/yaml' }), `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.yaml`);
}

/** Hands a file to whoever sits in front of the browser. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Revoked at once, some browsers save nothing.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
