/** Without these a Page does not work: the customer's words, their buttons, what became of ours, and our own echoes. */
export const REQUIRED_WEBHOOK_FIELDS = [
  'messages',
  'messaging_postbacks',
  'message_deliveries',
  'message_reads',
  'message_echoes',
] as const;

/** Without these something is missing from conversations; a field that Meta has renamed is no reason to stop. */
export const USEFUL_WEBHOOK_FIELDS = [
  'messaging_referrals',
  'messaging_optins',
  'messaging_account_linking',
  'messaging_handovers',
  'messaging_policy_enforcement',
  'message_reactions',
  'message_edits',
  'standby',
] as const;
