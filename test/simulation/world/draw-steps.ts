import { isLucky, pickInteger, pickOne, type RandomStream } from '../temporal/random.ts';
import { LAST_STEP_MS, type ActorName, type Step } from './plan.ts';

/** So many of those who write flood their Page: dear worlds, hence few. */
const FLOODS = 1 / 5000;
const FLOOD = { count: 700, size: 2000 } as const;

interface People {
  agents: number;
  customers: number;
}

/** Everybody's day: agents come, customers write, and now and then somebody does something else. */
export function drawSteps(next: RandomStream, people: People): Step[] {
  const steps: Step[] = [];
  for (let agent = 0; agent < people.agents; agent += 1) {
    steps.push({ at: next() * 3000, type: 'choose', agent, state: isLucky(next, 0.9) ? 'ready' : 'not-ready' });
  }
  // Some worlds are a rush hour, others a slow day.
  const span = pickOne(next, [20_000, 120_000, LAST_STEP_MS]);
  for (let customer = 0; customer < people.customers; customer += 1) {
    for (let times = pickOne(next, [1, 1, 2, 3]); times > 0; times -= 1) {
      steps.push({ at: next() * span, ...drawWriting(next, customer) });
    }
  }
  for (let more = pickInteger(next, 0, 6); more > 0; more -= 1) {
    steps.push(...drawMoment(next, { ...people, at: 3000 + next() * span }));
  }
  return steps.toSorted((a, b) => a.at - b.at);
}

function drawWriting(next: RandomStream, customer: number): Omit<Extract<Step, { type: 'write' }>, 'at'> {
  const count = isLucky(next, 0.1) ? pickInteger(next, 4, 9) : 1;
  const urgency = isLucky(next, 0.3) ? { isUrgent: true as const } : {};
  return { type: 'write', customer, ...urgency, ...(isLucky(next, FLOODS) ? FLOOD : { count }) };
}

/** Something that happens, or two things in one moment. */
function drawMoment(next: RandomStream, people: People & { at: number }): Step[] {
  const steps = [{ ...drawStep(next, people), at: people.at }];
  if (isLucky(next, 0.3)) steps.push({ ...drawStep(next, people), at: people.at + next() * 50 });
  return steps;
}

type Drawn = { [Type in Step['type']]: Omit<Extract<Step, { type: Type }>, 'at'> }[Step['type']];

function drawStep(next: RandomStream, { agents, customers }: People): Drawn {
  const customer = pickInteger(next, 0, customers - 1);
  const agent = pickInteger(next, 0, agents - 1);
  const kinds: (() => Drawn)[] = [
    () => ({ type: 'choose', agent, state: 'logged-out' }),
    () => ({ type: 'choose', agent, state: pickOne(next, ['ready', 'not-ready']) }),
    () => ({ type: 'choose', agent, state: 'ready' }),
    () => ({ type: 'presence', agent, presence: 'lost' }),
    () => ({ type: 'presence', agent, presence: 'back' }),
    () => ({ type: 'end-chats', agent }),
    () => ({ type: 'write-again', customer }),
    () => ({ type: 'write', customer, count: 1 }),
    () => ({ type: 'react', customer }),
    () => ({ type: 'other-app', customer, owner: pickOne(next, ['ours', 'other-app']) }),
    () => ({ type: 'configure', agent, slots: pickInteger(next, 1, 2), isMember: isLucky(next, 0.7) }),
    () => ({ type: 'terminate', actor: drawActor(next, customer) }),
    () => ({ type: 'cancel', actor: drawActor(next, customer) }),
    () => ({ type: 'reset', actor: drawActor(next, customer), tasks: pickInteger(next, 1, 4) }),
    () => ({ type: 'resume-page' }),
    () => ({ type: 'retry-parts' }),
  ];
  return pickOne(next, kinds)();
}

function drawActor(next: RandomStream, customer: number): ActorName {
  return pickOne<ActorName>(next, [{ customer }, { customer }, 'dispatcher', 'page']);
}
