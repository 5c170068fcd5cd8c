import './composer.css';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DOMAttributes, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { fillCannedText } from '../../../../contracts/canned-response.ts';
import { MESSENGER_LIMITS } from '../../../../contracts/messenger-limits.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useDesk } from '../../shared/data/desk-context.tsx';
import { useDraft, useDrafts, type WritingMode } from '../../shared/data/drafts.ts';
import { write } from '../../shared/data/outbox.ts';
import { useMe } from '../../shared/data/session.ts';
import { useCommand } from '../../shared/lib/commands.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Segmented, type Choice } from '../../shared/ui/segmented.tsx';
import { ClosedWindow } from './closed-window.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { insertAt } from './insert-at.ts';
import { ReplyWindow, useReplyWindow } from './reply-window.tsx';
import { SuggestedAnswers } from './suggested-answers.tsx';
import { Suggestions } from './suggestions.tsx';
import { useSuggestedAnswers, type SuggestedAnswersState } from './use-suggested-answers.ts';
import { useSuggestions } from './use-suggestions.ts';
import { TextBox } from './text-box.tsx';
import { Uploads, useUploads } from './uploads.tsx';
import { useTypingSign } from './use-typing-sign.ts';

/** Where one writes: to the customer, or what only the team sees. `onFocused`: it takes the focus when it comes, and tells so. */
export function Composer({
  conversation,
  onFocused,
}: {
  conversation: ConversationView;
  onFocused?: () => void;
}): ReactNode {
  const { id } = conversation;
  const draft = useDraft(id);
  const { username } = useMe();
  const isConsulted =
    conversation.participants?.some(({ agent, role }) => agent.username === username && role === 'consulted') ?? false;
  const mode: WritingMode = isConsulted && draft.mode === 'reply' ? 'inner' : draft.mode;
  const replyWindow = useReplyWindow(conversation);
  const [isAnsweringAsPerson, setIsAnsweringAsPerson] = useState(false);
  const isClosed = mode === 'reply' && replyWindow.state !== 'open' && !isAnsweringAsPerson;
  const isWritable = !isClosed;
  useCommand('note', () =>
    useDrafts.getState().write(id, { mode: mode === 'note' ? (isConsulted ? 'inner' : 'reply') : 'note' }),
  );
  return (
    <WritingBox
      conversation={conversation}
      mode={mode}
      isConsulted={isConsulted}
      onFocused={onFocused}
      closed={
        isWritable ? undefined : (
          <ClosedWindow
            conversation={conversation}
            canAnswer={replyWindow.state === 'human-only'}
            onAnswer={() => setIsAnsweringAsPerson(true)}
          />
        )
      }
    />
  );
}

type DropHandlers = Pick<DOMAttributes<HTMLElement>, 'onDragOver' | 'onDragLeave' | 'onDrop'>;

interface BoxProps {
  conversation: ConversationView;
  mode: WritingMode;
  isConsulted: boolean;
  onFocused: (() => void) | undefined;
  /** Stands in the place of the text where nothing may be written. */
  closed: ReactNode | undefined;
}

/** Behind a word the slash needs a space to begin anything. */
const slashFor = (text: string, box: HTMLTextAreaElement | null): string =>
  /\S$/.test(text.slice(0, box?.selectionStart)) ? ' /' : '/';

function WritingBox({ conversation, mode, isConsulted, onFocused, closed }: BoxProps): ReactNode {
  const { t } = useTranslation();
  const { id } = conversation;
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(id);
  const text = draft[mode];
  const uploads = useUploads(id);
  const [isDropping, setIsDropping] = useState(false);
  const { sender } = useDesk();
  const setText = (value: string): void => useDrafts.getState().write(id, { [mode]: value, mode });
  const suggestions = useSuggestions({
    box,
    text,
    mode,
    conversation,
    onChange: setText,
    onCanned: (canned) => useDrafts.getState().write(id, { canned }),
  });
  const canned = mode === 'reply' && text.trim() !== '' ? draft.canned : undefined;
  const unfilled = canned ? fillCannedText(text, {}).unfilled : [];
  const suggested = useSuggestedAnswers(conversation);
  useTypingSign(id, mode === 'reply' ? text : '');
  useCommand('composer', () => box.current?.focus());
  useTakeFocus(box, onFocused);
  const excess = text.length - MESSENGER_LIMITS.text;
  const files = mode === 'reply' ? uploads.ready : [];
  const canSend = (text.trim() !== '' || files.length > 0) && excess <= 0 && unfilled.length === 0 && !uploads.isBusy;

  function send(): void {
    if (!canSend) return;
    const mentions = mode === 'note' ? suggestions.mentionsIn(text) : [];
    write(sender, {
      conversationId: id,
      mode,
      text: text.trim(),
      files,
      mentions,
      canned,
      suggestion: draft.suggestion,
    });
    const forgotten = mode === 'reply' && { canned: undefined, suggestion: undefined };
    useDrafts.getState().write(id, { [mode]: '', mode, ...forgotten });
    if (mode === 'reply') uploads.clear();
    box.current?.focus();
  }

  return (
    <section
      className={`composer ${mode === 'reply' ? '' : 'as-note'} ${isDropping ? 'dropping' : ''}`}
      aria-label={t('composer.mode')}
      data-region
      {...dropping(mode, setIsDropping, uploads.add)}
    >
      <Suggestions of={suggestions} />
      <ComposerTop conversation={conversation} mode={mode} isConsulted={isConsulted} />
      {mode === 'reply' && (
        <AboveReply id={id} suggested={closed ? undefined : suggested} uploads={uploads} box={box} />
      )}
      {closed ?? (
        <TextBox
          box={box}
          conversation={conversation}
          mode={mode}
          text={text}
          isDropping={isDropping}
          onChange={setText}
          onSend={send}
          suggestions={suggestions}
          onPasteFiles={mode === 'reply' ? uploads.add : undefined}
        />
      )}
      {unfilled.length > 0 && <Unfilled names={unfilled} />}
      {closed === undefined && (
        <ComposerTools
          mode={mode}
          length={text.length}
          excess={excess}
          canSend={canSend}
          onSend={send}
          onAttach={uploads.add}
          onSuggest={suggested.ask}
          onCanned={() => insertAt(box.current, { text, inserted: slashFor(text, box.current), onChange: setText })}
          onInsert={(inserted) => insertAt(box.current, { text, inserted, onChange: setText })}
        />
      )}
    </section>
  );
}

/** Files that are dropped go with the reply. */
function dropping(
  mode: WritingMode,
  onDropping: (isDropping: boolean) => void,
  onFiles: (files: File[]) => void,
): DropHandlers {
  if (mode !== 'reply') return {};
  return {
    onDragOver(event) {
      event.preventDefault();
      onDropping(true);
    },
    onDragLeave: () => onDropping(false),
    onDrop(event) {
      event.preventDefault();
      onDropping(false);
      onFiles([...event.dataTransfer.files]);
    },
  };
}

/** What may be put into a reply, and what goes with it. */
function AboveReply({
  id,
  suggested,
  uploads,
  box,
}: {
  id: string;
  suggested: SuggestedAnswersState | undefined;
  uploads: ReturnType<typeof useUploads>;
  box: RefObject<HTMLTextAreaElement | null>;
}): ReactNode {
  return (
    <>
      {suggested && (
        <SuggestedAnswers
          of={suggested}
          onChoose={({ id: suggestion, text: reply }) => {
            useDrafts.getState().write(id, { reply, mode: 'reply', suggestion, canned: undefined });
            box.current?.focus();
          }}
        />
      )}
      <Uploads of={uploads} />
    </>
  );
}

/** On a phone the keyboard would cover what the customer has said. */
const ONE_PANE = '(max-width: 720px)';

function useTakeFocus(box: RefObject<HTMLTextAreaElement | null>, onFocused: (() => void) | undefined): void {
  const latest = useRef(onFocused);
  useEffect(() => {
    if (!latest.current) return;
    if (!matchMedia(ONE_PANE).matches) box.current?.focus();
    latest.current();
  }, [box]);
}

/** What is still to be filled in before it may be sent. */
function Unfilled({ names }: { names: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <p className="unfilled" role="status">
      <Icon of={IconAlertTriangle} size={14} />
      {t('composer.unfilled', { names: names.join(', ') })}
    </p>
  );
}

function ComposerTop({
  conversation,
  mode,
  isConsulted,
}: Pick<BoxProps, 'conversation' | 'mode' | 'isConsulted'>): ReactNode {
  const { t } = useTranslation();
  const hasColleagues = (conversation.participants ?? []).length > 0;
  const note = (
    <>
      <Icon of={IconLock} size={12} />
      {t('composer.note')}
    </>
  );
  const choices: Choice<WritingMode>[] = [
    ...(isConsulted ? [] : [{ value: 'reply' as const, label: t('composer.reply') }]),
    ...(hasColleagues || isConsulted ? [{ value: 'inner' as const, label: t('composer.inner') }] : []),
    { value: 'note', label: note },
  ];
  return (
    <div className="top">
      <Segmented
        label={t('composer.mode')}
        value={mode}
        choices={choices}
        onChange={(chosen) => useDrafts.getState().write(conversation.id, { mode: chosen })}
      />
      {mode === 'reply' ? (
        <ReplyWindow conversation={conversation} />
      ) : (
        <span className="xs end">
          <Icon of={IconLock} size={12} /> {t('composer.onlyTeam')}
        </span>
      )}
    </div>
  );
}
