import { getBlockWays } from '../blocks/block-behaviours.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { showRoute, type Finding } from '../problems/finding.ts';
import { getSuccessors } from './check-flow.ts';

/**
 * Finds loops in which nothing waits for anybody. One without a choice never ends: an error. One with an If may end, but
 * until then it sends or spins as fast as it can: a warning. One through a step that is taken only so often (`isLimited`: a
 * counter, the end of a list) ends by itself.
 */
export function checkLoops(
  blocks: readonly ScenarioBlock[],
  isLimited: (from: string, to: string) => boolean = () => false,
): Finding[] {
  const successors = getSuccessors(blocks);
  return listLoops(blocks, isLimited).map((loop) => {
    const hasChoice = loop.some((id) => (successors.get(id)?.length ?? 0) > 1);
    return {
      severity: hasChoice ? 'warning' : 'error',
      code: 'endless-loop',
      message: `The loop ${showRoute([...loop, loop[0] ?? ''])} waits for nobody.`,
      remedy: 'Put a Send Message with "wait" into it, or lead it out.',
      path: ['blocks', loop[0] ?? ''],
      atKey: true,
    };
  });
}

/** The blocks of each loop in which nothing waits for anybody; without those through a step that is taken only so often. */
export function listLoops(
  blocks: readonly ScenarioBlock[],
  isLimited: (from: string, to: string) => boolean = () => false,
): string[][] {
  const pausing = new Set(blocks.filter((block) => getBlockWays(block).pauses).map(({ id }) => id));
  const successors = getSuccessors(blocks);
  return findLoops(blocks, (id) =>
    pausing.has(id) ? [] : (successors.get(id) ?? []).filter((to) => !isLimited(id, to)),
  );
}

const MAX_LOOPS = 100;

/** Depth first; each way back to a block that is still open closes one loop. */
function findLoops(blocks: readonly ScenarioBlock[], waysOn: (id: string) => string[]): string[][] {
  const loops: string[][] = [];
  const closed = new Set<string>();
  const trail: string[] = [];
  const visit = (id: string): void => {
    if (closed.has(id)) return;
    const start = trail.indexOf(id);
    if (start >= 0) {
      // Of warnings a hundred are enough; a loop without a choice is closed by a block without one, and always told.
      if (loops.length < MAX_LOOPS || waysOn(trail.at(-1) ?? '').length === 1) loops.push(trail.slice(start));
      return;
    }
    trail.push(id);
    waysOn(id).forEach(visit);
    trail.pop();
    closed.add(id);
  };
  blocks.forEach(({ id }) => visit(id));
  return loops;
}
