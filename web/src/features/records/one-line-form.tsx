import { useState, type ReactNode } from 'react';
import { Field } from '../../shared/ui/field.tsx';

interface OneLineFormProps {
  /** What it is about, above the line. */
  text?: string;
  label: string;
  hintFor: (line: string) => string | undefined;
  maxLength: number;
  /** Words of the tick below the line. */
  tick: string;
  submit: string;
  /** Gets the line without spaces around it; gives why it was refused. */
  onSubmit: (line: string, isTicked: boolean) => Promise<string | undefined>;
}

/** A dialog's form of one line and one tick: what is refused stands at the line. */
export function OneLineForm(props: OneLineFormProps): ReactNode {
  const { text, label, hintFor, maxLength, tick, submit, onSubmit } = props;
  const [line, setLine] = useState('');
  const [isTicked, setIsTicked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const hint = hintFor(line.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit(line.trim(), isTicked).then(setProblem);
      }}
    >
      <div className="dialog-text col">
        {text !== undefined && <p>{text}</p>}
        <Field label={label} {...(hint !== undefined && { hint })} error={problem}>
          {(field) => (
            <div className="input">
              <input
                {...field}
                dir="auto"
                value={line}
                maxLength={maxLength}
                required
                onChange={(event) => {
                  setLine(event.target.value);
                  setProblem(undefined);
                }}
              />
            </div>
          )}
        </Field>
        <label className="check-line">
          <input
            type="checkbox"
            className="check-input"
            checked={isTicked}
            onChange={(event) => setIsTicked(event.target.checked)}
          />
          {tick}
        </label>
      </div>
      <div className="dialog-foot">
        <button type="submit" className="btn primary end" disabled={line.trim() === ''}>
          {submit}
        </button>
      </div>
    </form>
  );
}
