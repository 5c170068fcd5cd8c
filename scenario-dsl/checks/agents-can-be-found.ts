import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest } from '../problems/finding.ts';
import type { Check, CheckConfiguration, CheckFinding, ConfiguredAgent } from './check-report.ts';

const name = 'agents-can-be-found';

type FindAgentBlock = Extract<ScenarioBlock, { type: 'find-agent' }>;

/** What a Find Agent asks of an agent, as far as the text alone tells it. */
interface Search {
  skills: string[];
  minLevel: number;
}

/** For every Find Agent there is an agent in the configuration who has what it asks for. */
export const agentsCanBeFound: Check = {
  name,
  promise: 'Every Find Agent can be satisfied by an agent of the configuration.',
  certainty: 'bounded',
  run: (flow, { configuration }) => {
    if (!configuration) return { notRun: 'Name the configuration with --config <folder or address>.' };
    return { findings: flow.document.blocks.flatMap((block) => checkBlock(block, configuration)) };
  },
};

/** The agents who can serve a search once it has widened as far as it goes. */
export function listCapable(block: FindAgentBlock, { agents }: CheckConfiguration): ConfiguredAgent[] {
  const { skills, minLevel } = readSearch(block);
  return agents.filter((agent) => skills.every((skill) => (agent.skills[skill] ?? 0) >= minLevel));
}

function checkBlock(block: ScenarioBlock, configuration: CheckConfiguration): CheckFinding[] {
  if (block.type !== 'find-agent') return [];
  return [...checkService(block, configuration), ...checkSkills(block, configuration)];
}

function checkService(block: FindAgentBlock, { services }: CheckConfiguration): CheckFinding[] {
  const { service } = block.fields;
  if (service === undefined || service.includes('$(') || services.some((known) => known.name === service)) return [];
  const names = services.map((known) => known.name);
  return [
    {
      ...at(block, ['service']),
      code: 'unknown-service',
      message: `The configuration has no service ${quoted(service)}.`,
      remedy: suggest(service, names),
    },
  ];
}

function checkSkills(block: FindAgentBlock, configuration: CheckConfiguration): CheckFinding[] {
  if (listCapable(block, configuration).length > 0) return [];
  const { skills, minLevel } = readSearch(block);
  const known = [...new Set(configuration.agents.flatMap((agent) => Object.keys(agent.skills)))];
  const unknown = skills.find((skill) => !known.includes(skill));
  const asked =
    skills.length === 0 ? 'at all' : `with ${skills.map(quoted).join(' and ')} at level ${minLevel} or more`;
  return [
    {
      ...at(block, block.fields.skills === undefined ? [] : ['skills']),
      code: 'nobody-has-the-skills',
      message: `The configuration has no agent ${asked}.`,
      remedy: unknown === undefined ? 'Give an agent the skills, or ask for less.' : suggest(unknown, known),
    },
  ];
}

/** Skills that are substituted are known at run time only and left out. The search ends at its lowest level, 1 at least. */
function readSearch({ fields }: FindAgentBlock): Search {
  const skills = (fields.skills ?? []).map((skill) => skill.trim()).filter((skill) => !skill.includes('$('));
  const levels = (fields.intervals ?? [{ minLevel: 0 }]).map(({ minLevel }) => minLevel ?? 0);
  return { skills, minLevel: Math.max(1, Math.min(...levels)) };
}

function at(block: FindAgentBlock, path: string[]): Pick<CheckFinding, 'check' | 'severity' | 'path'> {
  return { check: name, severity: 'error', path: ['blocks', block.id, block.type, ...path] };
}
