import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../shared/data/settings.ts';
import { KEY_NAMES, type Command } from '../shared/lib/commands.ts';
import { Dialog } from '../shared/ui/dialog.tsx';

/** The keys, and where more is written. */
export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const enterSends = useSettings((settings) => settings.enterSends);
  const desktop: [string, Command][] = [
    [t('help.accept'), 'accept'],
    [t('help.reject'), 'reject'],
    [t('help.previous'), 'previous-chat'],
    [t('help.next'), 'next-chat'],
    [t('help.longest'), 'longest-waiting'],
    [t('help.transfer'), 'transfer'],
    [t('help.wrapUp'), 'wrap-up'],
    [t('help.state'), 'state'],
    [t('palette.title'), 'palette'],
    [t('help.region'), 'next-region'],
    [t('help.help'), 'help'],
  ];
  const writing: [string, string][] = [
    [t('help.send'), enterSends ? 'Enter' : 'Ctrl Enter'],
    [t('help.breakLine'), enterSends ? 'Shift Enter' : 'Enter'],
    [t('help.note'), KEY_NAMES.note],
    [t('help.composer'), KEY_NAMES.composer],
    [t('help.canned'), '/'],
    [t('help.suggest'), `${KEY_NAMES.suggest}, ${KEY_NAMES['suggestion-1']}`],
    [t('help.emoji'), ':'],
  ];
  return (
    <Dialog isOpen={isOpen} title={t('help.title')} onClose={onClose} width={440}>
      <div className="help-list">
        <h3>{t('help.desktop')}</h3>
        {desktop.map(([what, command]) => (
          <KeyRow key={command} what={what} keys={KEY_NAMES[command]} />
        ))}
        <h3>{t('help.writing')}</h3>
        {writing.map(([what, keys]) => (
          <KeyRow key={what} what={what} keys={keys} />
        ))}
      </div>
    </Dialog>
  );
}

function KeyRow({ what, keys }: { what: string; keys: string }): ReactNode {
  return (
    <>
      <span>{what}</span>
      <kbd>{keys}</kbd>
    </>
  );
}
