import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Field } from '../../shared/ui/field.tsx';

interface FormField {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  type?: 'text' | 'number' | 'url';
  isOptional?: boolean;
}

/** A small dialog of a few fields. */
export function FormDialog({
  title,
  action,
  fields,
  onClose,
  onSubmit,
}: {
  title: string;
  action: string;
  fields: readonly FormField[];
  onClose: () => void;
  onSubmit: (values: Readonly<Record<string, string>>) => void;
}): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [values, setValues] = useState(Object.fromEntries(fields.map(({ name, value = '' }) => [name, value])));
  return (
    <Dialog
      isOpen
      title={title}
      width={360}
      onClose={onClose}
      foot={
        <>
          <span className="end" />
          <button type="button" className="btn outline" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" form={id} className="btn primary">
            {action}
          </button>
        </>
      }
    >
      <form
        id={id}
        className="sim-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onSubmit(values);
        }}
      >
        {fields.map(({ name, label, hint, type = 'text', isOptional = false }, index) => (
          <Field key={name} label={label} hint={hint}>
            {(control) => (
              <span className="input">
                <input
                  {...control}
                  type={type}
                  step="any"
                  required={!isOptional}
                  value={values[name]}
                  data-autofocus={index === 0 ? true : undefined}
                  onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                />
              </span>
            )}
          </Field>
        ))}
      </form>
    </Dialog>
  );
}
