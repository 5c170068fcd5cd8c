/** A conversation that is open: its workflow runs and waits for the customer. */
export interface OpenedConversation {
  psid: string;
  workflowId: string;
}

/** Something that is measured: ours or a floor. */
export interface Subject {
  name: 'ours' | 'floor1' | 'floor0';
  /** Its own processes; servers and driver are counted by the benchmark. */
  pids: Record<string, number>;
  /** Makes a conversation run and wait. Not timed. */
  open(psid: string): Promise<OpenedConversation>;
  /** Hands a message over; resolves when it was taken. The reply is told to the book. */
  say(conversation: OpenedConversation, text: string): Promise<void>;
  stop(): Promise<void>;
}
