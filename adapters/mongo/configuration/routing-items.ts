import type { ServiceSuggestions } from '../../../contracts/suggestion-schema.ts';
import type { GroupSettings } from '../../../contracts/routing.ts';

/** How a group of services chooses among its agents, and what they may give as a reason to be away. */
export interface Group extends GroupSettings {
  /** Of the services that name it, or `default`. */
  name: string;
  /** Not Ready needs one of the reasons. */
  breakRequired?: boolean;
}

/** People who work together. */
export interface Team {
  name: string;
  /** User names. */
  members: string[];
  supervisors: string[];
  services: { service: string; level: number }[];
}

/** What an agent may say that a chat came to. */
interface Disposition {
  name: string;
  folder?: string | undefined;
  hidden?: boolean | undefined;
}

/** What a service says of routing. */
export interface ServiceRouting {
  /** Percent of an agent. */
  load?: number;
  overflow?: { afterMs: number; service: string }[];
  wrapUp?: { timeoutMs: number; required?: boolean; extendMs?: number };
  serviceLevel?: { percent: number; withinMs: number };
  dispositions?: Disposition[];
  suggestions?: ServiceSuggestions;
}

/** People with the skills that their teams give them: of each the higher level counts. */
export function withTeamSkills<Person extends { username: string; skills: Record<string, number> }>(
  people: readonly Person[],
  { teams, services }: { teams: Iterable<Team>; services: Iterable<{ name: string; skills: string[] }> },
): Person[] {
  const given = skillsByMember([...teams], new Map([...services].map(({ name, skills }) => [name, skills])));
  if (given.size === 0) return [...people];
  return people.map((person) => {
    const skills = { ...person.skills };
    for (const [name, level] of given.get(person.username) ?? []) skills[name] = Math.max(level, skills[name] ?? 0);
    return { ...person, skills };
  });
}

function skillsByMember(
  teams: readonly Team[],
  skillsOf: ReadonlyMap<string, string[]>,
): Map<string, [string, number][]> {
  const given = new Map<string, [string, number][]>();
  for (const { members, services } of teams) {
    const skills = services.flatMap(({ service, level }) =>
      (skillsOf.get(service) ?? []).map((name): [string, number] => [name, level]),
    );
    for (const username of members) given.set(username, [...(given.get(username) ?? []), ...skills]);
  }
  return given;
}

/** Whom a supervisor looks after; undefined where no team names them: then everybody. */
export function superviseesOf(
  teams: readonly Team[],
  username: string,
): { members: string[]; services: string[] } | undefined {
  const own = teams.filter(({ supervisors }) => supervisors.includes(username));
  if (own.length === 0) return undefined;
  return {
    members: [...new Set(own.flatMap(({ members }) => members))],
    services: [...new Set(own.flatMap(({ services }) => services.map(({ service }) => service)))],
  };
}
