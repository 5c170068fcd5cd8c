import { IconTrash } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { useItems } from '../data/items.ts';
import { listSkills } from '../model/skills.ts';
import { NewName } from './choosing-controls.tsx';
import type { GroupProps } from './control.ts';
import { FieldNote } from './field-note.tsx';
import { useWords } from './words.ts';

/** What a skill begins with. */
const USUAL_LEVEL = 50;

/** Skills, each with its level. */
export function LevelsControl({ value, onChange, label, hint, problem }: GroupProps): ReactNode {
  const { word } = useWords();
  const id = useId();
  const levels = (value ?? {}) as Record<string, number>;
  const known = listSkills(useItems()).filter((skill) => !(skill in levels));
  return (
    <div className="field wide">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <ul className="levels">
        {Object.entries(levels).map(([skill, level]) => (
          <li key={skill}>
            <span className="med clip">{skill}</span>
            <input
              type="range"
              min={1}
              max={100}
              value={level}
              aria-label={word('form.levelOf', { skill })}
              onChange={(event) => onChange({ ...levels, [skill]: Number(event.target.value) })}
            />
            <span className="num xs">{level}</span>
            <IconButton
              icon={IconTrash}
              label={word('form.remove', { name: skill })}
              onClick={() => {
                const { [skill]: _gone, ...others } = levels;
                onChange(others);
              }}
            />
          </li>
        ))}
      </ul>
      <NewName
        id={id}
        known={known}
        isBad={problem !== undefined}
        onAdd={(skill) => onChange({ ...levels, [skill]: levels[skill] ?? USUAL_LEVEL })}
      />
      <FieldNote hint={hint} problem={problem} />
    </div>
  );
}
