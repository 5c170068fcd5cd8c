import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../../../../scenario-dsl/edit/render-value.ts';
import { Field, type FieldControl } from '../../../shared/ui/field.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useActions, useBuilder } from '../builder-context.tsx';
import {
  asSchema,
  beginningOf,
  fieldsOf,
  kindOf,
  labelOf,
  listSchemaOf,
  toField,
  type SchemaField,
} from './schema-field.ts';
import { ItemButtons } from './item-buttons.tsx';
import { SelectControl } from './select-control.tsx';
import { ValueControl } from './value-control.tsx';
import { useWrite, type Place } from './use-write.ts';

/** What the checks say of a value. */
function useProblem({ block, path }: Place): string | undefined {
  return useBuilder(({ report, graph }) => {
    const type = graph.blocks.find(({ id }) => id === block)?.type;
    const whole = ['blocks', block, type, ...path].join('.');
    const problem = report?.problems.find((each) => each.path === whole && each.severity === 'error');
    return problem && `${problem.message} ${problem.remedy}`;
  });
}

/** A field of a block, whatever its kind is. */
export function ValueField({ field, value, place }: { field: SchemaField; value: unknown; place: Place }): ReactNode {
  const { t } = useTranslation('builder');
  const write = useWrite(place);
  const error = useProblem(place);
  const label = labelOf(field.name);
  if (isGroup(field, value)) return <GroupField field={field} value={value} place={place} />;
  return (
    <Field
      label={label}
      hint={field.description}
      error={error}
      extra={
        field.isRequired ? undefined : (
          <IconButton
            icon={IconTrash}
            size={14}
            label={t('removeField', { field: label })}
            onClick={() => write(undefined)}
          />
        )
      }
    >
      {(control) => <ValueControl field={field} value={value} control={control} write={write} />}
    </Field>
  );
}

function isGroup({ kind }: SchemaField, value: unknown): boolean {
  if (kind === 'map' || kind === 'list' || kind === 'texts' || kind === 'record') return true;
  // Something else than its kind says stands there: a text in several languages, a snippet.
  return typeof value === 'object' && value !== null && kind !== 'any';
}

function GroupField({ field, value, place }: { field: SchemaField; value: unknown; place: Place }): ReactNode {
  const { t } = useTranslation('builder');
  const write = useWrite(place);
  const label = labelOf(field.name);
  return (
    <fieldset className="group-field">
      <legend className="label">{label}</legend>
      {!field.isRequired && (
        <span className="group-remove">
          <IconButton
            icon={IconTrash}
            size={14}
            label={t('removeField', { field: label })}
            onClick={() => write(undefined)}
          />
        </span>
      )}
      <GroupBody field={field} value={value} place={place} />
    </fieldset>
  );
}

function GroupBody({ field, value, place }: { field: SchemaField; value: unknown; place: Place }): ReactNode {
  if (Array.isArray(value)) return <ListField schema={listSchemaOf(field.schema)} items={value} place={place} />;
  const map = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (field.kind === 'map') return <MapFields schema={field.schema} value={map} place={place} />;
  return <RecordField schema={asSchema(field.schema.additionalProperties)} value={map} place={place} />;
}

/** The fields of a map that are written, and the others to choose from. */
export function MapFields({
  schema,
  value,
  place,
}: {
  schema: SchemaField['schema'];
  value: Readonly<Record<string, unknown>>;
  place: Place;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const fields = fieldsOf(schema);
  const shown = fields.filter(({ name, isRequired }) => isRequired || Object.hasOwn(value, name));
  const others = fields.filter((field) => !shown.includes(field));
  return (
    <>
      {shown.map((field) => (
        <ValueField
          key={field.name}
          field={field}
          value={value[field.name]}
          place={{ ...place, path: [...place.path, field.name] }}
        />
      ))}
      {others.length > 0 && (
        <SelectControl
          control={{ 'aria-label': t('addSetting') }}
          value=""
          look="quiet-select"
          onChange={(name) => {
            const field = others.find((each) => each.name === name);
            if (!field) return;
            const beginning = beginningOf(field.schema) as JsonValue;
            void edit({ do: 'field', block: place.block, path: [...place.path, name], value: beginning });
          }}
        >
          <option value="">{t('addSetting')}</option>
          {others.map(({ name }) => (
            <option key={name} value={name}>
              {labelOf(name)}
            </option>
          ))}
        </SelectControl>
      )}
    </>
  );
}

/** A list: each item with its fields, moved, taken out, and new ones. */
function ListField({
  schema,
  items,
  place,
}: {
  schema: SchemaField['schema'];
  items: readonly unknown[];
  place: Place;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const { block, path } = place;
  const itemSchema = asSchema(schema.items);
  const isOfMaps = kindOf(itemSchema) === 'map';
  const row = items.map((_item, index) => `${path.join('.')}.${index}`);
  return (
    <ol className="list-field">
      {items.map((item, index) => (
        <li key={row[index]} className={isOfMaps ? 'item-card' : 'item-row'}>
          <div className="grow">
            {isOfMaps && typeof item === 'object' && item !== null ? (
              <MapFields
                schema={itemSchema}
                value={item as Record<string, unknown>}
                place={{ block, path: [...path, index] }}
              />
            ) : (
              <PlainItem
                schema={itemSchema}
                item={item}
                label={`${index + 1}`}
                place={{ block, path: [...path, index] }}
              />
            )}
          </div>
          <ItemButtons index={index} count={items.length} place={place} />
        </li>
      ))}
      <li>
        <button
          type="button"
          className="btn link sm"
          onClick={() => {
            const value = beginningOf(itemSchema) as JsonValue;
            void edit({ do: 'list', block, path, change: { kind: 'insert-item', index: items.length, value } });
          }}
        >
          <Icon of={IconPlus} size={14} />
          {t('addItem')}
        </button>
      </li>
    </ol>
  );
}

function PlainItem({
  schema,
  item,
  label,
  place,
}: {
  schema: SchemaField['schema'];
  item: unknown;
  label: string;
  place: Place;
}): ReactNode {
  const write = useWrite(place);
  const field = toField(label, schema, true);
  const control = { 'aria-label': label } as unknown as FieldControl;
  return <ValueControl field={field} value={item} control={control} write={write} />;
}

/** Names and values: variables that are set, the cases of a Switch, headers. */
function RecordField({
  schema,
  value,
  place,
}: {
  schema: SchemaField['schema'];
  value: Readonly<Record<string, unknown>>;
  place: Place;
}): ReactNode {
  const { t } = useTranslation('builder');
  const { edit } = useActions();
  const { block, path } = place;
  return (
    <div className="record-field">
      {Object.entries(value).map(([name, inner]) => (
        <div key={name} className="item-row">
          <span className="mono clip record-name" title={name}>
            {name}
          </span>
          <div className="grow">
            <PlainItem schema={schema} item={inner} label={name} place={{ block, path: [...path, name] }} />
          </div>
          <IconButton
            icon={IconTrash}
            size={14}
            label={t('removeField', { field: name })}
            onClick={() => void edit({ do: 'field', block, path: [...path, name], value: undefined })}
          />
        </div>
      ))}
      <form
        className="item-row"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const given = new FormData(form).get('name');
          const name = typeof given === 'string' ? given.trim() : '';
          if (name === '') return;
          void edit({ do: 'field', block, path: [...path, name], value: beginningOf(schema) as JsonValue });
          form.reset();
        }}
      >
        <div className="input grow">
          <input name="name" aria-label={t('newName')} placeholder={t('newName')} />
        </div>
        <button type="submit" className="btn sm outline">
          {t('add')}
        </button>
      </form>
    </div>
  );
}
