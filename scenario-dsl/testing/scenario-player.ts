import { compileScenario, type CompiledScenario } from '../compile/compile-scenario.ts';
import type { ScenarioDocument } from '../document/document.ts';
import { createSetting } from './create-setting.ts';
import { listButtons, textOf, titleOf, type SaidMessage } from './said-message.ts';
import { SimulatedChat } from './simulated-chat.ts';
import { StepMismatch } from './step-mismatch.ts';
import { takeStep, type RunningTest } from './take-step.ts';
import type { ExpectedMessage, TestFile, TestStep } from './test-file-schema.ts';
import type { Mismatch } from './transcript.ts';

/** The settings of a played scenario: those of a test file. */
export type PlayerSettings = Omit<TestFile, 'tests' | 'scenario'>;

/** A step that was taken, and what the scenario said then. */
interface TakenStep {
  step: TestStep;
  said: SaidMessage[];
}

/**
 * Plays a scenario step by step, and back: the same steps as in test files, with the same simulated world. Going back plays
 * the steps before once more, which gives the same, because nothing in it is left to chance.
 */
export class ScenarioPlayer {
  private readonly document: ScenarioDocument;
  private readonly settings: PlayerSettings;
  private readonly scenario: CompiledScenario;
  private taken: TakenStep[] = [];
  private running: RunningTest;

  constructor(document: ScenarioDocument, settings: PlayerSettings) {
    [this.document, this.settings, this.scenario] = [document, settings, compileScenario(document)];
    this.running = this.begin();
  }

  get chat(): SimulatedChat {
    return this.running.chat;
  }

  get stepCount(): number {
    return this.taken.length;
  }

  /** Takes a step; one that cannot be taken changes nothing and gives the reason. */
  take(step: TestStep): Mismatch | undefined {
    try {
      takeStep(this.running, step);
    } catch (error) {
      if (!(error instanceof StepMismatch)) throw error;
      this.replay(this.taken);
      return error.mismatch;
    }
    this.taken.push({ step, said: [...this.chat.messenger.unread] });
    return undefined;
  }

  /** Takes the last steps back. Gives how many there were to take back. */
  back(count: number): number {
    const kept = this.taken.slice(0, Math.max(0, this.taken.length - count));
    const gone = this.taken.length - kept.length;
    this.replay(kept);
    return gone;
  }

  /** All that was played as a test that passes as long as the scenario goes on so. */
  toTestFile(name: string): TestFile {
    const steps = this.taken.flatMap(({ step, said }) => [
      step,
      ...(said.length > 0 ? [{ bot: said.map(toExpected) }] : []),
    ]);
    const { isEnded, result } = this.chat;
    const expectation = { ended: isEnded, ...(result !== undefined && { block: result.block }) };
    return { ...this.settings, tests: [{ name, steps: [...steps, { expect: expectation }] }] };
  }

  private begin(): RunningTest {
    const chat = new SimulatedChat(this.scenario, createSetting(this.scenario, this.settings));
    return { chat, document: this.document, hasReadMessages: false };
  }

  private replay(steps: readonly TakenStep[]): void {
    this.running = this.begin();
    this.taken = [];
    for (const { step } of steps) this.take(step);
  }
}

/** A message as a test expects it: its text alone where there is nothing else. */
function toExpected({ text: own, quickReplies, attachments }: SaidMessage): ExpectedMessage {
  const text = textOf({ text: own, attachments });
  const titles = quickReplies.map(titleOf);
  const buttons = listButtons(attachments).map(({ title }) => title);
  const others = attachments.filter((attachment) => !isButtons(attachment));
  if (titles.length === 0 && attachments.length === 0) return text;
  return {
    text,
    ...(titles.length === 0 ? {} : { quickReplies: titles }),
    ...(buttons.length === 0 ? {} : { buttons }),
    ...(others.length === 0 ? {} : { attachments: attachments.map((attachment) => ({ type: attachment.type })) }),
  };
}

/** Text and buttons say all of it. */
function isButtons(attachment: SaidMessage['attachments'][number]): boolean {
  return attachment.type === 'template' && attachment.template.kind === 'button';
}
