import {
  IconArrowForwardUp,
  IconArrowsSplit2,
  IconBell,
  IconBraces,
  IconBriefcase,
  IconChartBar,
  IconClock,
  IconCornerDownRight,
  IconCrown,
  IconDatabaseSearch,
  IconDoorExit,
  IconFilter,
  IconForms,
  IconHeadset,
  IconHourglass,
  IconLink,
  IconMail,
  IconMessage2,
  IconMessageQuestion,
  IconNote,
  IconPlus,
  IconRobot,
  IconShield,
  IconSitemap,
  IconStar,
  IconTag,
  IconTransfer,
  IconUser,
  IconUserSearch,
  IconUsers,
  IconVariable,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react';
import type { BlockTypeDescription } from '../../../../scenario-dsl/document/describe-block-types-schema.ts';
import type { GraphBlock, GraphExit } from '../../../../scenario-dsl/edit/describe-graph.ts';

type Type = BlockTypeDescription['type'];
export type Family = BlockTypeDescription['group'] | 'end';

/** In the order of the palette. */
export const FAMILIES: readonly Family[] = ['talk', 'decide', 'route', 'data', 'end'];

const ends: ReadonlySet<string> = new Set<Type>(['exit', 'return', 'start-another-scenario']);

export function familyOf(type: string | undefined, types: readonly BlockTypeDescription[]): Family {
  if (type === undefined || ends.has(type)) return 'end';
  return types.find((each) => each.type === type)?.group ?? 'data';
}

const icons: { readonly [Name in Type]?: TablerIcon } = {
  'send-message': IconMessage2,
  'request-input': IconMessageQuestion,
  collect: IconForms,
  'ai-agent': IconRobot,
  if: IconSitemap,
  switch: IconFilter,
  goto: IconCornerDownRight,
  'set-variable': IconVariable,
  'business-hours': IconClock,
  'a-b-split': IconArrowsSplit2,
  'exception-handler': IconShield,
  'start-another-scenario': IconTransfer,
  return: IconArrowForwardUp,
  wait: IconHourglass,
  comment: IconNote,
  log: IconNote,
  exit: IconDoorExit,
  'find-agent': IconUserSearch,
  'connect-chat': IconLink,
  'set-priority': IconCrown,
  'request-skill-or-service': IconHeadset,
  'get-statistics': IconChartBar,
  'get-agent-state': IconUsers,
  'set-agent-state': IconUsers,
  'identify-contact': IconUser,
  'search-object': IconDatabaseSearch,
  'create-object': IconPlus,
  'search-directory': IconUserSearch,
  'get-user-configuration': IconUser,
  'fetch-url': IconWorld,
  survey: IconStar,
  'save-survey-response': IconStar,
  'set-disposition': IconTag,
  'set-case': IconBriefcase,
  'internal-message': IconBell,
  email: IconMail,
  'chat-bot-select-account': IconRobot,
  'ask-a-bot': IconRobot,
};

export function iconOf(type: string | undefined): TablerIcon {
  return icons[type as Type] ?? IconBraces;
}

/** A block's title, else its id as words. */
export function titleOf({ id, title }: Pick<GraphBlock, 'id' | 'title'>): string {
  if (title !== undefined && title !== '') return title;
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the way on is called, by what a block waits for. */
export function nextNameOf({ type, fields }: GraphBlock): 'found' | 'ended' | 'reply' | 'else' | 'next' {
  if (type === 'find-agent') return 'found';
  if (type === 'connect-chat') return 'ended';
  if (type === 'if' || type === 'switch') return 'else';
  const waits = typeof fields === 'object' && fields !== null && 'wait' in fields;
  return type === 'request-input' || type === 'collect' || (type === 'send-message' && waits) ? 'reply' : 'next';
}

/** The short name of a branch: what a condition compares with. */
export function branchName({ name }: GraphExit): string {
  const [, compared] = /'([^']{1,40})'\)*$/.exec(name) ?? [];
  return compared ?? (name.length > 28 ? `${name.slice(0, 27)}…` : name);
}
