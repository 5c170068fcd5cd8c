import type { ReactNode } from 'react';
import { Field } from '../../../shared/ui/field.tsx';
import type { Field as FieldDescription } from '../model/section.ts';
import { valueAt, type Values } from '../model/values.ts';
import {
  AreaControl,
  LinesControl,
  NumberControl,
  SwitchControl,
  TextControl,
  ZoneControl,
} from './plain-controls.tsx';
import { ChoiceControl, ReferenceControl, ReferencesControl } from './choosing-controls.tsx';
import { DurationControl } from './duration-control.tsx';
import { LevelsControl } from './levels-control.tsx';
import { OffTextControl } from './off-text-control.tsx';
import { RowsControl } from './rows-control.tsx';
import { SecretControl } from './secret-control.tsx';
import type { ControlProps } from './control.ts';
import type { Inherited } from './inherited-text.ts';
import { useWords } from './words.ts';

interface Props {
  field: FieldDescription;
  /** Where its words are: the kind. */
  kind: string;
  values: Values;
  problem: string | undefined;
  /** The item is there already. */
  isKept: boolean;
  secretEnd?: string | undefined;
  /** A kept secret that may still be read. */
  remembered?: string | undefined;
  /** What holds where a text says nothing. */
  inherited?: Inherited | undefined;
  onChange: (value: unknown) => void;
}

/** Where a field's words are. Chat settings have the same wherever they stand. */
function wordsOf(kind: string, name: string): string {
  if (name.startsWith('chat.')) return `fields.chat-settings.${name.slice('chat.'.length)}`;
  return `fields.${kind}.${name.replaceAll('.', '-')}`;
}

/** What is inherited says more than what helps. */
function hintOf(value: unknown, inherited: Inherited | undefined, help: string | undefined): string | undefined {
  return value === undefined && inherited ? `${inherited.text} (${inherited.from})` : help;
}

/** One field of a form under its name, with what helps and what is wrong. */
export function FieldView({
  field,
  kind,
  values,
  problem,
  isKept,
  secretEnd,
  remembered,
  inherited,
  onChange,
}: Props): ReactNode {
  const { word, maybe } = useWords();
  const key = wordsOf(kind, field.name);
  const label = word(`${key}.label`);
  const value = valueAt(values, field.name);
  const isLocked = isKept && field.isFixed === true;
  const hint = isLocked ? word('form.fixed') : hintOf(value, inherited, maybe(`${key}.help`));
  const shared = { value, onChange, label, wordsAt: key, values, problem, hint };
  if (field.type === 'custom') {
    const Custom = field.of;
    return <Custom value={value} onChange={onChange} values={values} problem={problem} />;
  }
  if (field.type === 'switch') return <SwitchControl {...shared} field={field} />;
  if (field.type === 'rows')
    return (
      <RowsControl
        {...shared}
        field={field}
        kind={kind}
        show={(row) => <FieldView {...row} problem={undefined} isKept={false} />}
      />
    );
  if (field.type === 'levels') return <LevelsControl {...shared} />;
  if (field.type === 'references') return <ReferencesControl {...shared} field={field} />;
  if (field.type === 'off-text')
    return <OffTextControl {...shared} hint={maybe(`${key}.help`)} inherited={inherited} />;
  return (
    <Field label={label} hint={hint} error={problem}>
      {(control) => (
        <Control
          field={field}
          control={control}
          value={value}
          onChange={onChange}
          label={label}
          wordsAt={key}
          isLocked={isLocked}
          isKept={isKept}
          secretEnd={secretEnd}
          remembered={remembered}
          isBad={problem !== undefined}
        />
      )}
    </Field>
  );
}

/** Those that stand under their name; the others name themselves. */
function Control(props: ControlProps): ReactNode {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- whatever is none of these is a text
  switch (props.field.type) {
    case 'area':
      return <AreaControl {...props} rows={props.field.rows ?? 3} />;
    case 'lines':
      return <LinesControl {...props} rows={props.field.rows ?? 3} />;
    case 'secret':
      return <SecretControl {...props} canGenerate={props.field.canGenerate === true} />;
    case 'duration':
      return <DurationControl {...props} canBeOff={props.field.canBeOff === true} />;
    case 'number':
      return <NumberControl {...props} field={props.field} />;
    case 'choice':
      return <ChoiceControl {...props} field={props.field} />;
    case 'reference':
      return <ReferenceControl {...props} field={props.field} />;
    case 'zone':
      return <ZoneControl {...props} />;
    default:
      return <TextControl {...props} isMono={props.field.type === 'text' && props.field.isMono === true} />;
  }
}
