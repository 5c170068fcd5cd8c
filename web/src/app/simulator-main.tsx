import '../features/composer/composer.css';
import { QueryClient } from '@tanstack/react-query';
import { EmojiPopover } from '../features/composer/emoji-popover.tsx';
import { Voice } from '../features/conversation/voice.tsx';
import { SimulatorPage } from '../features/simulator/simulator-page.tsx';
import { addSimulatorTexts } from '../features/simulator/texts.ts';
import { Announcer } from '../shared/ui/announcer.tsx';
import { Toasts } from '../shared/ui/toasts.tsx';
import { mountPage } from './mount-page.tsx';

addSimulatorTexts();
// The simulator tells what changed: nothing is asked for by the clock.
const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, refetchOnWindowFocus: false, retry: 1 } },
});

mountPage(
  queryClient,
  <>
    <SimulatorPage parts={{ EmojiPopover, Voice }} />
    <Toasts />
    <Announcer />
  </>,
);
