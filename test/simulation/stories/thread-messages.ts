import type { BrokenWorld, Story } from './story.ts';

/** What a thread of worlds is asked. */
export type ThreadRequest =
  | { type: 'moves'; seed: number }
  | { type: 'play'; from: number; count: number }
  | { type: 'tell'; seed: number; isWhole: boolean };

/** What it answers: to `play` what broke, to `tell` the story, to `moves` what became of everybody. */
export type ThreadAnswer =
  { result: { broken: BrokenWorld[]; events: number } | Story | object[] | undefined } | { error: string };
