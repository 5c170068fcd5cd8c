import { createScenarioChecks } from '../../../api/scenarios/scenario-checks.ts';
import { createPasswords } from '../../../api/session/passwords.ts';

/** The api's threads, started once for all files of a process: they hold no state, and end when nothing runs in them. */
export const sharedThreads = { passwords: createPasswords(), scenarioChecks: createScenarioChecks() };
