import { IconGitMerge } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormats } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { bothChanged, differencesOf, type Values } from '../model/values.ts';
import { DifferenceTable } from './difference-table.tsx';
import type { ItemForm } from './use-item-form.ts';
import { useWords } from './words.ts';

/** Somebody else was faster: who, when, what differs, and the two ways out. */
export function ConflictPanel({
  form,
  conflict: { theirs, base },
  kind,
}: {
  form: ItemForm;
  conflict: NonNullable<ItemForm['conflict']>;
  kind: string;
}): ReactNode {
  const { word } = useWords();
  const formats = useFormats();
  const theirValues: Values = theirs?.document ?? {};
  const both = bothChanged({ base, mine: form.values, theirs: theirValues });
  const who = theirs?.changedBy ?? word('form.somebody');
  const when = theirs?.changedAt === undefined ? '' : formats.moment(theirs.changedAt);
  return (
    <section className="conflict" role="alert" aria-label={word('form.conflictLabel')}>
      <header className="row">
        <Icon of={IconGitMerge} className="t-warn" />
        <h2 className="grow">{theirs ? word('form.conflict', { who, when }) : word('form.conflictDeleted')}</h2>
      </header>
      {theirs && (
        <>
          <p className="secondary">
            {both.length === 0 ? word('form.conflictApart') : word('form.conflictSame', { count: both.length })}
          </p>
          <DifferenceTable
            kind={kind}
            differences={differencesOf(theirValues, form.values)}
            before={word('form.theirs')}
            after={word('form.mine')}
          />
        </>
      )}
      <div className="row">
        <button type="button" className="btn sm outline" onClick={form.keepMine}>
          {word(theirs ? 'form.keepMine' : 'form.writeAnew')}
        </button>
        <button type="button" className="btn sm outline" onClick={form.discard}>
          {word(theirs ? 'form.takeTheirs' : 'form.letGo')}
        </button>
      </div>
    </section>
  );
}
