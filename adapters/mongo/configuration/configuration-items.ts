import type { RETENTION_NAME, RetentionDays } from '../../../contracts/retention.ts';
import type { Canary } from '../../../contracts/canary.ts';
import type { ChatSettings, DEFAULT_CHAT_SETTINGS } from '../../../contracts/chat-settings.ts';
import type { OnAgentSilence } from '../../../contracts/conversation-context.ts';
import type { Closure, OpeningTimes } from '../../../contracts/hours.ts';
import type { ConversationEventType } from '../../../contracts/history-event.ts';
import type { PageProfile } from '../../../contracts/page-profile.ts';
import type { CaseStatus } from '../../../contracts/case.ts';
import type { OwnRole } from '../../../contracts/privileges.ts';
import type { SkillLevels } from '../../../contracts/routing.ts';
import type { Privilege } from '../../../contracts/routing-configuration-schema.ts';
import type { ServiceRouting } from './routing-items.ts';
import type { SettingText } from '../../../contracts/setting-text.ts';

/** One Page with its secrets in the clear: in memory only. */
export interface Account {
  pageId: string;
  name: string;
  pageToken: string;
  appSecret: string;
  verifyToken: string;
  pageUsername?: string;
  onUnknown: 'resend' | 'hold';
  /** A duration, or `off`: how long a reply in the Page Inbox silences us. */
  inboxPause?: string;
  /** Who customers see speaking; the Page itself where absent. */
  personas?: { bot?: { name: string; pictureUrl: string } | undefined; agentPictureUrl?: string | undefined };
  /** False: the app may not use the Human Agent tag. */
  humanAgent?: boolean;
  /** Of copies of attachments; 0: none. */
  attachmentDays?: number;
  profile?: PageProfile;
  /** Of its chats, where entries say nothing else. */
  chat?: ChatSettings;
  /** Only ever false: a disabled account takes no webhooks and sends nothing. */
  enabled?: false;
}

export interface Service extends ServiceRouting {
  name: string;
  skills: string[];
  group: string;
  /** Name of the account for chats that the service begins. */
  account?: string;
  /** Name of the hours of operation. */
  hours?: string;
  /** Name of the survey that customers are asked. */
  survey?: string;
}

export interface Entry {
  name: string;
  /** Name of the account. */
  account: string;
  /** As written: a scenario's name, or `name@<12 hex>`. */
  scenario: string;
  /** Full version where the reference is pinned. */
  pinnedVersion?: string;
  service: string;
  inactivityTimeoutMs?: number;
  /** Null: an agent may be silent for as long as they like. */
  agentSilenceMs?: number | null;
  onAgentSilence?: OnAgentSilence;
  inactivityWarning?: SettingText;
  inactivityClosing?: SettingText;
  onError?: SettingText;
  /** Name of the hours of operation. */
  hours?: string;
  /** False: customers are not shown that an agent has seen what they wrote. */
  readReceipts?: boolean;
  /** IANA zone of scenarios that name none; the deployment's where absent. */
  timeZone?: string;
}

/** Chat settings of every Page that does not say otherwise. */
export interface DefaultChatSettings extends ChatSettings {
  name: typeof DEFAULT_CHAT_SETTINGS;
}

/** For how long each kind of data is kept. */
export interface ConfiguredRetention extends RetentionDays {
  name: typeof RETENTION_NAME;
}

/** When somebody works. `closedOn`: what is closed all the same. */
export interface Hours {
  name: string;
  /** IANA zone; the deployment's where absent. */
  timeZone?: string;
  open: OpeningTimes[];
  closedOn: Closure[];
}

/** A value that scenarios, bots and models refer to by name: in the clear in memory only. */
export interface Secret {
  name: string;
  value: string;
}

/** An HTTP bot that Ask a Bot talks to. */
export interface Bot {
  name: string;
  url: string;
  /** Name of a secret. */
  token?: string;
}

/** A language model that AI Agent talks to, behind an OpenAI-compatible API. */
export interface Model {
  name: string;
  /** Base address: `chat/completions` follows it. */
  url: string;
  model: string;
  /** Name of a secret. */
  token?: string;
}

/** A field of contacts that this deployment has beside the usual ones. */
export interface ContactField {
  name: string;
  /** What agents read; the name where absent. */
  title?: string;
}

/** A status that cases may have; `position` orders them. */
export interface ConfiguredCaseStatus extends CaseStatus {
  position: number;
}

/** A receiver of the events of conversations. */
export interface Webhook {
  name: string;
  url: string;
  /** Name of the secret that signs. */
  secret: string;
  /** Types and services that it is told of; all where absent. */
  events?: ConversationEventType[];
  services?: string[];
}

/** A role of one's own, its privileges in the order in which they are listed. */
export interface ConfiguredRole extends OwnRole {
  /** What people read; the name where absent. */
  title?: string;
}

export interface User {
  /** Never used again, also when another user gets the name. Of users from before there were ids: the user name. */
  id: string;
  /** Epoch milliseconds; 0 for users from before it was kept. */
  createdAt: number;
  username: string;
  name: string;
  /** One that ships, or the name of a configured one. */
  role: string;
  skills: SkillLevels;
  slots: number;
  /** Beyond their role. */
  privileges?: Privilege[];
  /** argon2id, PHC string. */
  passwordHash: string;
}

/** The published version of a scenario: its last publication. */
export interface ScenarioHead {
  name: string;
  version: string;
  /** Epoch milliseconds. */
  publishedAt: number;
  /** Which publication of this scenario it is, from 1; absent in what was published before they were counted: 1. */
  number?: number;
  /** An earlier version made the one in force again. */
  isRollback?: true;
  /** Of a publication, and of none that is in force: it was for a part of the new conversations. */
  isCanary?: true;
  author?: string;
  note?: string;
  /** Of what is in force: the version that a part of the new conversations gets, or the last one that did. */
  canary?: Canary;
}

/** A scenario being written, sound or not. */
export interface ScenarioDraft {
  name: string;
  source: string;
  /** Rises with every save, from 1. */
  revision: number;
  /** Epoch milliseconds. */
  savedAt: number;
  author: string;
}
