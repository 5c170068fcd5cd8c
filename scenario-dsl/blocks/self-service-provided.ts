import { noteBlock } from './note-block.ts';
import type { SelfServiceProvidedFields } from './self-service-provided-schema.ts';

/** Marks the conversation as served without an agent, for reports. Source: Bright Pattern, Self-Service Provided. */
export const selfServiceProvided = noteBlock<SelfServiceProvidedFields>({
  note: () => () => ({ name: 'self-service-provided' }),
});
