import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What a person has chosen for this browser. */
export interface Settings {
  theme: 'auto' | 'light' | 'dark';
  language: 'auto' | 'en' | 'de' | 'pseudo';
  /** IANA zone, or `auto`: that of this machine. */
  timeZone: string;
  /** Enter sends and Shift+Enter breaks the line; the other way round where false. */
  enterSends: boolean;
  offerSound: boolean;
  messageSound: boolean;
  /** 0 to 100. */
  volume: number;
  notifications: boolean;
  /** Screen readers are told of each message of the open chat. */
  announcesMessages: boolean;
}

const DEFAULTS: Settings = {
  theme: 'auto',
  language: 'auto',
  timeZone: 'auto',
  enterSends: true,
  offerSound: true,
  messageSound: true,
  volume: 60,
  notifications: false,
  announcesMessages: true,
};

interface SettingsStore extends Settings {
  change: (changes: Partial<Settings>) => void;
}

/** The settings, kept in this browser. */
export const useSettings = create<SettingsStore>()(
  persist((set) => ({ ...DEFAULTS, change: (changes) => set(changes) }), { name: 'attendant.settings' }),
);

export const machineTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
