import type { ReactNode } from 'react';
import type { SuggestionsState } from './use-suggestions.ts';

/** The list above the composer. */
export function Suggestions({ of: state }: { of: SuggestionsState }): ReactNode {
  if (state.suggestions.length === 0) return null;
  return (
    <div className="menu suggestions">
      <div className="menu-label" id={`${state.listId}-label`}>
        {state.title}
      </div>
      <div role="listbox" id={state.listId} aria-labelledby={`${state.listId}-label`}>
        {state.suggestions.map(({ key, title, aside, line }, index) => (
          <div
            key={key}
            id={`${state.listId}-${index}`}
            role="option"
            aria-selected={index === state.active}
            tabIndex={-1}
            className={`menu-item ${index === state.active ? 'hot' : ''} ${line === undefined ? '' : 'tall'}`}
            onPointerDown={(event) => {
              event.preventDefault();
              state.choose(index);
            }}
          >
            <span className="grow">
              <span className="med">{title}</span> {aside !== undefined && <span className="muted">{aside}</span>}
              {line !== undefined && <span className="clip xs muted">{line}</span>}
            </span>
            {index === state.active && <kbd>Enter</kbd>}
          </div>
        ))}
      </div>
    </div>
  );
}
