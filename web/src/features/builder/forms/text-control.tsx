import { Menu } from '@mantine/core';
import { IconVariable } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldControl } from '../../../shared/ui/field.tsx';
import { IconButton } from '../../../shared/ui/icon-button.tsx';
import { useBuilder } from '../builder-context.tsx';

const WRITE_AFTER_MS = 500;

/** A text that is written into the scenario when one pauses, leaves it or presses Enter. */
export function TextControl({
  control,
  value,
  onWrite,
  isLong = false,
  takesVariables = false,
  names,
  placeholder,
}: {
  control: Partial<FieldControl> & { 'aria-label'?: string };
  value: string;
  onWrite: (value: string) => void;
  isLong?: boolean;
  takesVariables?: boolean;
  /** Names alone are put in, without $( ). */
  names?: boolean;
  placeholder?: string | undefined;
}): ReactNode {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ text, value, onWrite });
  latest.current = { text, value, onWrite };
  // It was changed elsewhere: on the canvas, in the text, by an undo.
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  function write(): void {
    clearTimeout(timer.current);
    const { text: now, value: before, onWrite: tell } = latest.current;
    if (now !== before) tell(now);
  }
  useEffect(() => write, []);
  function change(next: string): void {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(write, WRITE_AFTER_MS);
  }
  function put(name: string): void {
    const at = box.current?.selectionStart ?? text.length;
    const inserted = names === true ? name : `$(${name})`;
    change(names === true ? inserted : text.slice(0, at) + inserted + text.slice(at));
    box.current?.focus();
  }
  const shared = { ...control, ref: box, value: text, placeholder, onBlur: write };
  return (
    <div className={`input ${isLong ? 'area' : ''}`}>
      {isLong ? (
        <textarea rows={3} {...shared} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          type="text"
          {...shared}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') write();
          }}
        />
      )}
      {takesVariables && <VariablePicker onPick={put} />}
    </div>
  );
}

/** The variables that there are, and which block sets them. */
function VariablePicker({ onPick }: { onPick: (name: string) => void }): ReactNode {
  const { t } = useTranslation('builder');
  const variables = useBuilder((state) => state.variables);
  const own = variables.filter(({ description }) => description === undefined);
  const world = variables.filter(({ description }) => description !== undefined);
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} menuItemTabIndex={0}>
      <Menu.Target>
        <IconButton icon={IconVariable} size={14} label={t('putVariable')} />
      </Menu.Target>
      <Menu.Dropdown mah={320} className="scroll variable-menu">
        {[own, world].map(
          (group, index) =>
            group.length > 0 && (
              <div
                key={index === 0 ? 'own' : 'world'}
                role="group"
                aria-label={t(index === 0 ? 'ownVariables' : 'worldVariables')}
              >
                <Menu.Label>{t(index === 0 ? 'ownVariables' : 'worldVariables')}</Menu.Label>
                {group.map(({ name, description, setBy }) => (
                  <Menu.Item key={name} onClick={() => onPick(name)}>
                    <span className="mono">{name}</span>
                    <span className="xs muted variable-from">
                      {description ?? t('setBy', { blocks: setBy.join(', ') })}
                    </span>
                  </Menu.Item>
                ))}
              </div>
            ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
