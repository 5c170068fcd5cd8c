import { parseArgs } from 'node:util';
import { formatDuration, parseDuration } from '../../contracts/duration.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { WhatIfOutcome } from '../../dev/what-if/play-arrivals.ts';
import { type Command, UsageError } from '../command.ts';

/** Plays recorded arrivals against other staff. */
export const whatIfCommand: Command = {
  name: 'what-if',
  summary: 'play recorded arrivals with other staff: waits, who gives up, how busy agents are',
  usage:
    'attendant what-if <arrivals.json> | --from 2026-11-01 --to 2026-11-08 [--group default] [--staff staff.json] [--handle 5m] [--patience 10m] [--after-work 30s] [--save arrivals.json] [--json]',
  help: 'The arrivals are those of `GET /api/v1/arrivals`; --save keeps them in a file. --staff: a list of { username, skills, slots, from, to },\nfrom and to as times of day in UTC; absent: the agents that the group has now, at all times.',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        group: { type: 'string', default: 'default' },
        staff: { type: 'string' },
        handle: { type: 'string', default: '5m' },
        patience: { type: 'string', default: '10m' },
        'after-work': { type: 'string' },
        save: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (more.length > 0 || (file === undefined) === (values.from === undefined || values.to === undefined))
      throw new UsageError('Name a file of arrivals, or --from and --to.');
    const { readArrivals, readStaff, UnreadableError } = await import('./what-if/read-arrivals.ts');
    const { isApiFailure } = await import('../api-client.ts');
    const { playArrivals } = await import('../../dev/what-if/play-arrivals.ts');
    try {
      const recorded = await readArrivals({ ...values, file, env: io.env });
      if (recorded.isCut) io.printError('More arrived than is given in one answer: take a shorter time.');
      if (values.save !== undefined) {
        const { writeFile } = await import('node:fs/promises');
        await writeFile(values.save, `${JSON.stringify(recorded, null, 2)}\n`);
      }
      const staff = values.staff === undefined ? recorded.staff : await readStaff(values.staff);
      const afterWork = values['after-work'];
      const outcome = playArrivals({
        arrivals: recorded.arrivals,
        staff,
        settings: withoutUndefined(recorded.settings),
        loads: recorded.loads,
        usualHandleMs: readTime('--handle', values.handle),
        patienceMs: readTime('--patience', values.patience),
        ...(afterWork !== undefined && { afterWorkMs: readTime('--after-work', afterWork) }),
      });
      io.print(values.json ? JSON.stringify(outcome, null, 2) : tellOutcome(outcome, staff.length));
      return 0;
    } catch (error) {
      if (!isApiFailure(error) && !(error instanceof UnreadableError)) throw error;
      io.printError(error.message);
      return 1;
    }
  },
};

function readTime(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new UsageError(`${option} "${text}" is not a time like 90s or 5m.`);
  return ms;
}

const time = (ms: number): string => formatDuration(Math.round(ms / 1000) * 1000);

function tellOutcome(outcome: WhatIfOutcome, agents: number): string {
  const { arrivals, served, abandoned, turnedAway, occupancyPercent } = outcome;
  return [
    `${arrivals} arrivals, ${agents} agents`,
    `  served       ${served}`,
    `  gave up      ${abandoned}`,
    `  turned away  ${turnedAway}`,
    `  wait         half within ${time(outcome.waitP50Ms)}, nine of ten within ${time(outcome.waitP90Ms)}, the longest ${time(outcome.longestWaitMs)}`,
    `  occupancy    ${occupancyPercent} % of the slots of those who are there`,
  ].join('\n');
}
