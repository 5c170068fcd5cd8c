import type { WorldPlan } from '../world/plan.ts';
import type { Violation } from '../world/world.ts';

/** A world that broke an invariant. */
export interface BrokenWorld extends Violation {
  seed: number;
}

/** What happens in a world, cut down to what is needed. */
export interface Story {
  seed: number;
  invariant: string;
  plan: WorldPlan;
  lines: { at: number; who: string; what: string }[];
}

/** A story as people read it: time, who, what. */
export function writeStory({ seed, invariant, plan, lines }: Story): string {
  const { steps: _steps, agents, ...rest } = plan;
  return [
    `seed ${seed}: ${invariant}`,
    `  world: ${JSON.stringify(rest)}`,
    ...agents.map((agent, index) => `  agent-${index}: ${JSON.stringify(agent)}`),
    ...withoutRepeats(lines).map(({ at, who, what }) => `${writeTime(at)}  ${who.padEnd(13)} ${what}`),
  ].join('\n');
}

function writeTime(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`.padStart(10);
}

/** Of many alike lines in a row the first and the last. */
function withoutRepeats(lines: Story['lines']): Story['lines'] {
  const kindOf = (line: Story['lines'][number] | undefined): string => `${line?.who} ${line?.what.split(' ', 1)[0]}`;
  return lines.filter((line, index) => {
    const kind = kindOf(line);
    return kind !== kindOf(lines[index - 1]) || kind !== kindOf(lines[index + 1]);
  });
}
