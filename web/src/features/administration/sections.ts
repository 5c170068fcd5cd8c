import {
  IconClockPlay,
  IconHistory,
  IconKey,
  IconScale,
  IconServer,
  IconSitemap,
  IconStar,
  type TablerIcon,
} from '@tabler/icons-react';
import { accountSection } from './kinds/account.tsx';
import { caseStatusSection, cannedSection, contactFieldSection, labelSection } from './kinds/content.tsx';
import { botSection, modelSection, secretSection, webhookSection } from './kinds/connections.tsx';
import { chatSettingsSection } from './kinds/chat-settings.tsx';
import { entrySection } from './kinds/entry.tsx';
import { retentionSection } from './kinds/retention.tsx';
import { hoursSection } from './kinds/hours.tsx';
import { groupSection, reasonsSection, teamSection, userSection } from './kinds/people.tsx';
import { dispositionsSection, serviceSection } from './kinds/service.tsx';
import { evaluationAssignmentSection, evaluationFormSection, surveySection } from './kinds/quality.tsx';
import { mayDo, type Privilege, type PrivilegeHolder } from '../../../../contracts/privileges.ts';
import { roleSection } from './kinds/role.tsx';
import type { ItemSection } from './model/section.ts';

/** A place of administration that is no list of items. */
export interface PageSection {
  path: 'skills' | 'holds' | 'audit' | 'system' | 'tokens' | 'scenarios' | 'timers';
  icon: TablerIcon;
  needs: Privilege;
}

/** The navigation, in its groups: `nav.<key>`. */
export const navigation: readonly { key: string; sections: readonly (ItemSection | PageSection)[] }[] = [
  {
    key: 'messenger',
    sections: [accountSection, entrySection, { path: 'scenarios', icon: IconSitemap, needs: 'publish-scenarios' }],
  },
  {
    key: 'centre',
    sections: [serviceSection, groupSection, hoursSection, chatSettingsSection],
  },
  {
    key: 'people',
    sections: [
      userSection,
      roleSection,
      teamSection,
      { path: 'skills', icon: IconStar, needs: 'manage-users' },
      reasonsSection,
    ],
  },
  {
    key: 'content',
    sections: [cannedSection, dispositionsSection, labelSection, contactFieldSection, caseStatusSection],
  },
  { key: 'quality', sections: [evaluationFormSection, evaluationAssignmentSection, surveySection] },
  {
    key: 'connections',
    sections: [
      webhookSection,
      botSection,
      modelSection,
      secretSection,
      { path: 'tokens', icon: IconKey, needs: 'manage-tokens' },
    ],
  },
  {
    key: 'system',
    sections: [
      { path: 'timers', icon: IconClockPlay, needs: 'operate-conversations' },
      retentionSection,
      { path: 'holds', icon: IconScale, needs: 'manage-legal-holds' },
      { path: 'audit', icon: IconHistory, needs: 'read-audit' },
      { path: 'system', icon: IconServer, needs: 'see-operation' },
    ],
  },
];

/** Whether somebody may open a section. */
export const isSectionOpenTo = (
  me: PrivilegeHolder,
  { needs = 'edit-configuration' }: ItemSection | PageSection,
): boolean => mayDo(me, needs);

const all = navigation.flatMap(({ sections }) => sections);

/** Sections that list items of a kind. */
export const itemSections: readonly ItemSection[] = all.filter((section) => 'kind' in section);

export const findSection = (path: string): ItemSection | PageSection | undefined =>
  all.find((section) => section.path === path);
