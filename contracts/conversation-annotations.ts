/** A field by name: a list of these is kept, because names may hold what a database takes for its own. */
export interface NamedValue {
  name: string;
  value: string;
}

/** What a scenario noted with its conversation. Of each field the last word stands; lists are bounded. */
export interface ConversationAnnotations {
  /** 0 to 100. */
  priority?: number;
  requested?: { skills: string[]; service?: string };
  isSelfService?: true;
  survey?: { cs?: number; fcr?: boolean; nps?: number; comment?: string; custom: NamedValue[] };
  disposition?: { name: string; comment?: string };
  reportingFields?: NamedValue[];
  cases?: string[];
  attachedData?: NamedValue[];
  /** Newest last. */
  screenPops?: { url: string; title?: string }[];
  /** `at` in epoch milliseconds. Newest last. */
  log?: { at: number; level: 'info' | 'warning' | 'error'; text: string }[];
}
