/** Whom an agent may hand a chat to, or ask into it. */
import { z } from 'zod';
import { AGENT_VERDICTS } from './actor-messages.ts';
import { SEEN_AGENT_STATES } from './routing.ts';

/** `canTakeNow`: asked at this moment; else `whyNot` says what stands in the way. */
const reachableFields = {
  canTakeNow: z.boolean(),
  /** For people: what stands in the way, or what follows from it. */
  whyNot: z.string().optional(),
};

const targetAgentSchema = z.object({
  username: z.string(),
  name: z.string(),
  state: z.enum([...SEEN_AGENT_STATES, 'logged-out']),
  /** Of the state, in the words of the agent or their group. */
  reason: z.string().optional(),
  since: z.iso.datetime().optional(),
  chats: z.int(),
  slots: z.int(),
  /** 100 is full. */
  loadPercent: z.int(),
  /** Those that serve the chat's service come first, then by level. */
  skills: z.array(z.object({ name: z.string(), level: z.int() })),
  /** Has a skill of the chat's service. */
  isSkilled: z.boolean(),
  verdict: z.enum(AGENT_VERDICTS),
  ...reachableFields,
  /** May be asked at all: an agent who is busy or away for a moment is waited for. */
  canBeAsked: z.boolean(),
  expectedWaitMs: z.int().optional(),
});

const targetServiceSchema = z.object({
  name: z.string(),
  group: z.string(),
  /** It is the chat's own. */
  isOwn: z.boolean(),
  waiting: z.int(),
  oldestWaitingMs: z.int(),
  /** Expected wait of somebody who comes now; absent where nobody is there. */
  ewtMs: z.int().optional(),
  agentsLoggedIn: z.int(),
  agentsReady: z.int(),
  ...reachableFields,
  canBeAsked: z.boolean(),
});

const targetEntrySchema = z.object({
  name: z.string(),
  account: z.string(),
  service: z.string(),
  scenario: z.string(),
});

/** All that a transfer dialog shows; the best target of each kind first. */
export const transferTargetsSchema = z
  .object({
    agents: z.array(targetAgentSchema),
    services: z.array(targetServiceSchema),
    entries: z.array(targetEntrySchema),
    /** Published scenarios: the customer goes on there, for the chat's own service. */
    scenarios: z.array(z.object({ name: z.string() })),
  })
  .meta({ id: 'TransferTargets' });

export type TransferTargets = z.infer<typeof transferTargetsSchema>;
