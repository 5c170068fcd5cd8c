/** A signal, update or query, as `@temporalio/workflow` defines them. */
export interface MessageDefinition {
  type: 'signal' | 'query' | 'update';
  name: string;
}

export const defineSignal = (name: string): MessageDefinition => ({ type: 'signal', name });
export const defineQuery = (name: string): MessageDefinition => ({ type: 'query', name });
export const defineUpdate = (name: string): MessageDefinition => ({ type: 'update', name });
