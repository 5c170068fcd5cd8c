import type { CheckConfiguration } from '../../scenario-dsl/checks/check-report.ts';

/** A configuration that holds nothing: what a test needs it puts in. */
export const emptyConfiguration: CheckConfiguration = {
  agents: [],
  services: [],
  entries: [],
  users: [],
  hours: [],
  bots: [],
  models: [],
  surveys: [],
  secrets: [],
};
