import { IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KEY_NAMES, useCommand, type Command } from '../../shared/lib/commands.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { SuggestedAnswersState } from './use-suggested-answers.ts';

const COMMANDS = ['suggestion-1', 'suggestion-2', 'suggestion-3'] as const satisfies readonly Command[];

type Item = SuggestedAnswersState['items'][number];

/** Answers that may be put into the text; nothing is sent by choosing one. */
export function SuggestedAnswers({
  of: { by, items, isAsking, problem, isEmpty },
  onChoose,
}: {
  of: SuggestedAnswersState;
  onChoose: (item: Item) => void;
}): ReactNode {
  const { t } = useTranslation();
  const status = isAsking ? t('composer.suggesting', { by }) : isEmpty ? t('composer.noSuggestion', { by }) : undefined;
  if (items.length === 0 && status === undefined && problem === undefined) return null;
  return (
    <div className="suggested">
      <p className="xs muted" role={problem === undefined ? 'status' : 'alert'}>
        <Icon of={IconSparkles} size={14} />
        {problem === undefined
          ? (status ?? t('composer.suggestedBy', { by }))
          : t('composer.suggestFailed', { reason: problem })}
      </p>
      {items.length > 0 && (
        <ul aria-label={t('composer.suggestedBy', { by })}>
          {items.map((item, index) => (
            <SuggestedAnswer key={item.id} item={item} command={COMMANDS[index]} onChoose={onChoose} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SuggestedAnswer({
  item,
  command,
  onChoose,
}: {
  item: Item;
  command: (typeof COMMANDS)[number] | undefined;
  onChoose: (item: Item) => void;
}): ReactNode {
  useCommand(command ?? 'suggestion-1', command && (() => onChoose(item)));
  return (
    <li>
      <button type="button" onClick={() => onChoose(item)}>
        <span className="grow" dir="auto">
          {item.text}
        </span>
        {command && (
          <kbd className="hide-phone" aria-hidden="true">
            {KEY_NAMES[command]}
          </kbd>
        )}
      </button>
    </li>
  );
}
