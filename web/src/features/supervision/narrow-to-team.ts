import type { LiveOverview } from '../../shared/data/overview.ts';

/** What is a team's of the overview: its agents, its services, and who waits for those. All of it where there is no such team. */
export function narrowToTeam(overview: LiveOverview, name: string): LiveOverview {
  const team = overview.teams.find((each) => each.name === name);
  if (!team) return overview;
  const services = overview.services.filter((service) => team.services.includes(service.name));
  return {
    ...overview,
    services,
    agents: overview.agents.filter(({ username }) => team.agents.includes(username)),
    agentsInAll: team.agents.length,
    waiting: services.reduce((sum, { now }) => sum + now.waiting, 0),
    queue: overview.queue.filter(({ conversation }) => team.services.includes(conversation.service ?? '')),
  };
}
