import type { ScenarioBlock } from './document.ts';

type ExceptionHandler = Extract<ScenarioBlock, { type: 'exception-handler' }>;

/** Every Exception Handler, those with the fewest blocks first, so that the first one around a block is the innermost. */
export function listHandlers(blocks: readonly ScenarioBlock[]): ExceptionHandler[] {
  return blocks
    .flatMap((block) => (block.type === 'exception-handler' ? [block] : []))
    .toSorted((a, b) => a.fields.try.length - b.fields.try.length);
}

/** For each block inside a `try` the block that catches its errors: that of the innermost Exception Handler around it. */
export function findCatches(blocks: readonly ScenarioBlock[]): ReadonlyMap<string, string> {
  const catches = new Map<string, string>();
  for (const { fields } of listHandlers(blocks)) {
    for (const id of fields.try) if (!catches.has(id)) catches.set(id, fields.catch);
  }
  return catches;
}
