import { annotationBlock } from './annotation-block.ts';
import type { SelfServiceProvidedFields } from './self-service-provided-schema.ts';

/** Marks the conversation as served without an agent, for reports. Source: Bright Pattern, Self-Service Provided. */
export const selfServiceProvided = annotationBlock<SelfServiceProvidedFields>({
  annotation: () => () => ({ name: 'self-service-provided' }),
});
