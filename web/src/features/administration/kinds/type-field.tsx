import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useWords } from '../form/words.ts';

/** The guide's "Type": Facebook is the one there is. */
export function TypeField(): ReactNode {
  const { word } = useWords();
  return (
    <Field label={word('account.type')}>
      {(control) => (
        <div className="input locked">
          <input {...control} readOnly value="Facebook" />
          <Icon of={IconLock} size={14} />
        </div>
      )}
    </Field>
  );
}
