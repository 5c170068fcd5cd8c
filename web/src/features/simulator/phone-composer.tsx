import { IconMicrophone, IconMoodSmile, IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react';
import { useRef, useState, type ClipboardEvent, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from '../../shared/data/toasts.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { AttachMenu, sendFile } from './attach-menu.tsx';
import { attempt } from './attempt.ts';
import { useParts } from './parts-context.ts';
import { phoneOf, putFile, type Parties } from './simulator-api.ts';
import { useRecorder } from './use-recorder.ts';

/** Where a customer writes, speaks and sends files. */
export function PhoneComposer({ parties, name }: { parties: Parties; name: string }): ReactNode {
  const { t } = useTranslation('simulator');
  const { EmojiPopover } = useParts();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const words = text.trim();
    if (words === '') return;
    setText('');
    attempt(() => phoneOf(parties).write(words));
  }
  function paste(event: ClipboardEvent): void {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) attempt(() => sendFile(parties, file));
  }

  return (
    <form className="say" onSubmit={submit}>
      <AttachMenu parties={parties} />
      <VoiceButton parties={parties} />
      <span className="input">
        <input
          ref={input}
          aria-label={t('say.label', { name })}
          placeholder={t('say.placeholder')}
          value={text}
          maxLength={20_000}
          autoComplete="off"
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          onPaste={paste}
        />
        <EmojiPopover
          icon={IconMoodSmile}
          onChoose={(emoji) => {
            setText(`${text}${emoji}`);
            input.current?.focus();
          }}
        />
      </span>
      <IconButton icon={IconSend2} size={20} type="submit" label={t('say.send')} />
    </form>
  );
}

function VoiceButton({ parties }: { parties: Parties }): ReactNode {
  const { t } = useTranslation('simulator');
  const { isRecording, begin, end } = useRecorder();
  function toggle(): void {
    if (!isRecording) {
      begin().catch(() => tell({ kind: 'danger', title: t('say.noMicrophone'), text: t('say.noMicrophoneText') }));
      return;
    }
    attempt(async () => {
      const url = await putFile(await end(), 'voice.wav');
      await phoneOf(parties).attach({ type: 'audio', url });
    });
  }
  return (
    <IconButton
      icon={isRecording ? IconPlayerStopFilled : IconMicrophone}
      size={20}
      label={isRecording ? t('say.stop') : t('say.record')}
      aria-pressed={isRecording}
      onClick={toggle}
    />
  );
}
