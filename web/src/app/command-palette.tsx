import {
  IconBolt,
  IconDeviceMobile,
  IconMessageCircle,
  IconMoon,
  IconSettings,
  IconSun,
  IconSunMoon,
  IconUser,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { searchCannedResponses } from '../../../contracts/canned-response.ts';
import { Palette, type PaletteItem } from '../features/palette/palette.tsx';
import { call, unwrap } from '../shared/client/client.ts';
import { choicesQuery, useChooseState, type StateRequest } from '../shared/data/agent-state.ts';
import { useMyChats } from '../shared/data/chats.ts';
import { contactSearchQuery } from '../shared/data/contacts.ts';
import { useCustomerName } from '../shared/data/names.ts';
import { useDrafts } from '../shared/data/drafts.ts';
import { useMe } from '../shared/data/session.ts';
import { useSettings } from '../shared/data/settings.ts';
import { tellFailure } from '../shared/data/toasts.ts';
import { useLater } from '../shared/lib/use-later.ts';
import { lookOf, useStateWord } from '../shared/ui/state-mark.tsx';
import { usePlaces } from './use-places.ts';

/** Fewer letters find too many people. */
const LEAST_LETTERS = 2;
const MOST_CONTACTS = 8;
const MOST_CANNED = 6;

/** Ctrl+K: everything that can be gone to, and every state, by its name. */
export function CommandPalette({ onClose }: { onClose: () => void }): ReactNode {
  const [words, setWords] = useState('');
  const items = [...useChatItems(), ...usePageItems(), ...useStateItems(), ...useThemeItems()];
  const found = items.filter((item) => matches(item, words));
  const canned = useCannedItems(words);
  const contacts = useContactItems(useLater(words.trim()));
  return <Palette words={words} items={[...found, ...canned, ...contacts]} onWords={setWords} onClose={onClose} />;
}

function matches({ label, aside = '', group }: PaletteItem, words: string): boolean {
  const text = `${label} ${aside} ${group}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function useChatItems(): PaletteItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  return useMyChats().chats.map(({ conversation }) => ({
    key: `chat ${conversation.id}`,
    group: t('app.chats'),
    icon: IconMessageCircle,
    label: nameOf(conversation),
    aside: conversation.service,
    act: () => void navigate({ to: '/chats/$id', params: { id: conversation.id } }),
  }));
}

/** Canned responses for the chat that is open, by name, folder and text; what is chosen becomes the reply's text. */
function useCannedItems(words: string): PaletteItem[] {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false });
  const chat = useMyChats().chats.find(({ conversation, isOpen }) => isOpen && conversation.id === id);
  const isAsked = chat !== undefined && words.trim().length >= LEAST_LETTERS;
  const { data: all = [] } = useQuery({
    queryKey: ['canned-responses', id],
    queryFn: async () => {
      const query = { conversationId: id };
      return unwrap(await call('GET /api/v1/agents/me/canned-responses', { query })).items;
    },
    enabled: isAsked,
  });
  if (!isAsked) return [];
  return searchCannedResponses(all, words)
    .slice(0, MOST_CANNED)
    .map(({ name, owner, folder, text, filled }) => ({
      key: `canned ${owner} ${name}`,
      group: t('composer.canned'),
      icon: IconBolt,
      label: `/${name}`,
      aside: folder ?? filled?.text ?? text,
      act: () =>
        useDrafts.getState().write(id, { mode: 'reply', reply: filled?.text ?? text, canned: { name, owner } }),
    }));
}

const openSimulator = (): void => void window.open('/simulator', '_blank', 'noreferrer');

function usePageItems(): PaletteItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { isSimulated } = useMe();
  const group = t('palette.pages');
  const pages = [...usePlaces(), { to: '/settings', icon: IconSettings, label: t('app.settings') } as const];
  const items = pages.map(({ to, icon, label }): PaletteItem => {
    return { key: to, group, icon, label, act: () => void navigate({ to }) };
  });
  if (!isSimulated) return items;
  return [
    ...items,
    { key: '/simulator', group, icon: IconDeviceMobile, label: t('app.simulator'), act: openSimulator },
  ];
}

function useStateItems(): PaletteItem[] {
  const { t } = useTranslation();
  const { takesChats } = useMe();
  const choices = useQuery({ ...choicesQuery, enabled: takesChats }).data;
  const choose = useChooseState();
  const wordOf = useStateWord();
  const hasChats = useMyChats().chats.some(({ isOpen }) => isOpen);
  if (!choices) return [];
  const { states, breaks, breakRequired } = choices;
  const requests: StateRequest[] = states
    .filter((state) => state !== 'not-ready' || !breakRequired || breaks.length === 0)
    .map((state) => ({ state }));
  const all = [...requests, ...breaks.map(({ name }): StateRequest => ({ state: 'not-ready', reason: name }))];
  return all.map((request) => ({
    key: `state ${request.state} ${request.reason ?? ''}`,
    group: t('palette.states'),
    icon: lookOf(request.state, request.reason).icon,
    label: wordOf(request.state, request.reason),
    act: () =>
      choose.mutate(
        // Whoever has chats leaves when these have ended.
        { ...request, ...(hasChats && request.state !== 'ready' && { when: 'chats-ended' }) },
        { onError: (error) => tellFailure(t('state.refused'), error) },
      ),
  }));
}

function useThemeItems(): PaletteItem[] {
  const { t } = useTranslation();
  const { change } = useSettings();
  const themes = [
    { theme: 'light', icon: IconSun, label: t('palette.light') },
    { theme: 'dark', icon: IconMoon, label: t('palette.dark') },
    { theme: 'auto', icon: IconSunMoon, label: t('palette.auto') },
  ] as const;
  return themes.map(({ theme, icon, label }) => {
    return { key: `theme ${theme}`, group: t('settings.appearance'), icon, label, act: () => change({ theme }) };
  });
}

function useContactItems(words: string): PaletteItem[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isAsked = words.length >= LEAST_LETTERS;
  const contacts = useQuery({ ...contactSearchQuery(words), enabled: isAsked }).data;
  return useMemo(() => {
    if (!isAsked) return [];
    return (contacts ?? []).slice(0, MOST_CONTACTS).map(({ id, name, company, emails }) => ({
      key: `contact ${id}`,
      group: t('contacts.title'),
      icon: IconUser,
      label: name || t('contacts.nameless'),
      aside: company ?? emails[0],
      act: () => void navigate({ to: '/contacts/$id', params: { id } }),
    }));
  }, [isAsked, contacts, t, navigate]);
}
