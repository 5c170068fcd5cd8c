import type { ReactNode } from 'react';
import type { Field, FieldGroup, ItemSection } from '../model/section.ts';
import { FieldView } from './field-view.tsx';
import { useVerifyTokens } from '../model/verify-tokens.ts';
import { inheritedText } from './inherited-text.ts';
import type { ItemForm } from './use-item-form.ts';
import { useItems } from '../data/items.ts';
import { useWords } from './words.ts';

const WIDE: ReadonlySet<Field['type']> = new Set(['rows', 'references', 'levels', 'off-text', 'switch', 'area']);

/** Fields under one title and one sentence. */
export function FieldGroupView({
  section,
  group,
  form,
}: {
  section: ItemSection;
  group: FieldGroup;
  form: ItemForm;
}): ReactNode {
  const { word, maybe } = useWords();
  const items = useItems();
  const tokens = useVerifyTokens();
  const { item, values, problems, change } = form;
  const at = `groups.${section.path}.${group.key}`;
  const Show = group.show;
  const text = maybe(`${at}.text`);
  return (
    <section className="admin-group">
      <div>
        <h2>{word(`${at}.title`)}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div className="admin-fields">
        {group.fields.map((field) => (
          <div key={field.name} className={field.isHalf ? 'half' : WIDE.has(field.type) ? 'whole' : 'full'}>
            <FieldView
              field={field}
              kind={section.kind}
              values={values}
              problem={problems.byField[field.name]}
              isKept={item !== undefined}
              secretEnd={item?.secretEnds?.[field.name]}
              remembered={field.name === 'verifyToken' ? tokens[item?.name ?? ''] : undefined}
              inherited={inheritedText(field.name, values, { kind: section.kind, items, word })}
              onChange={(value) => change(field.name, value)}
            />
          </div>
        ))}
        {Show && (
          <div className="full">
            <Show item={item} values={values} change={change} />
          </div>
        )}
      </div>
    </section>
  );
}
