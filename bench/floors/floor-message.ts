import { defineSignal } from '@temporalio/workflow';

/** What a floor's workflow is told: the fields of one customer message, as ours gets them. */
export interface FloorMessage {
  psid: string;
  mid: string;
  at: number;
  text: string;
}

/** The floors' only signal. */
export const floorMessageSignal = defineSignal<[FloorMessage]>('floorMessage');

export const FLOOR_WORKFLOW = 'floor';

/** The activities a floor may have: one. */
export interface FloorActivities {
  reply(message: FloorMessage): Promise<void>;
}

/** Task queues, so that each floor has a worker of its own. */
export const FLOOR_QUEUES = { floor0: 'bench-floor-0', floor1: 'bench-floor-1' } as const;
export type FloorName = keyof typeof FLOOR_QUEUES;
