import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../../../../scenario-dsl/edit/render-value.ts';
import type { FieldControl } from '../../../shared/ui/field.tsx';
import type { SchemaField } from './schema-field.ts';
import { SelectControl, TargetControl } from './select-control.tsx';
import { TextControl } from './text-control.tsx';

/** The control for one value that is no list and no map. */
export function ValueControl({
  field,
  value,
  control,
  write,
}: {
  field: SchemaField;
  value: unknown;
  control: FieldControl;
  write: (value: JsonValue) => void;
}): ReactNode {
  const { t } = useTranslation('builder');
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  switch (field.kind) {
    case 'boolean':
      return (
        <SelectControl control={control} value={String(value === true)} onChange={(chosen) => write(chosen === 'true')}>
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </SelectControl>
      );
    case 'choice':
      return (
        <SelectControl control={control} value={text} onChange={write}>
          {(field.schema.enum ?? []).map((each) => (
            <option key={String(each)}>{String(each)}</option>
          ))}
        </SelectControl>
      );
    case 'block':
      return <TargetControl control={control} value={text} onChange={(target) => write(target ?? 'end')} />;
    case 'number':
      return <TextControl control={control} value={text} onWrite={(typed) => write(toNumber(typed))} />;
    case 'any':
      return <TextControl control={control} value={text} onWrite={(typed) => write(toValue(typed))} takesVariables />;
    case 'text':
    case 'long-text':
    case 'variable':
    case 'texts':
    case 'list':
    case 'map':
    case 'record':
      return (
        <TextControl
          control={control}
          value={text}
          onWrite={write}
          isLong={field.kind === 'long-text'}
          names={field.kind === 'variable'}
          takesVariables
        />
      );
  }
}

/** A number, or the text where it is none, which the checks tell. */
function toNumber(text: string): JsonValue {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

function toValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
