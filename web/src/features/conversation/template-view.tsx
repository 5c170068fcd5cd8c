import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../shared/data/messages.ts';

type Template = NonNullable<MessageView['template']>;

interface Card {
  title: string;
  subtitle: string | undefined;
  buttons: string[];
}

/** Buttons, cards or a receipt, as the customer sees them; pictures from elsewhere are left out. */
export function TemplateView({ template }: { template: Template }): ReactNode {
  const { t } = useTranslation();
  const cards = cardsOf(template, (number) => t('conversation.receipt', { number }));
  return (
    <div className="template">
      {cards.map(({ title, subtitle, buttons }, index) => (
        // Cards of a message keep their places.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="template-card">
          <div>
            <div className={subtitle === undefined ? '' : 'med'}>{title}</div>
            {subtitle !== undefined && <div className="xs muted">{subtitle}</div>}
          </div>
          {buttons.length > 0 && (
            <div className="template-buttons">
              {buttons.map((button) => (
                <span key={button}>{button}</span>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function cardsOf(template: Template, receipt: (number: string) => string): Card[] {
  const { kind, elements } = template;
  const buttons = buttonsOf(template['buttons']);
  if (kind === 'generic' && Array.isArray(elements)) return elements.map((element) => cardOf(element as object));
  if (kind === 'receipt') {
    const summary = template['summary'] as { totalCost?: number } | undefined;
    const total = `${summary?.totalCost ?? ''} ${textOf(template['currency'])}`;
    return [{ title: receipt(textOf(template['orderNumber'])), subtitle: total, buttons: [] }];
  }
  return [{ title: textOf(template['text'] ?? template['media'] ?? kind), subtitle: undefined, buttons }];
}

function cardOf(element: object): Card {
  const { title, subtitle, buttons } = element as Record<string, unknown>;
  return {
    title: textOf(title),
    subtitle: subtitle === undefined ? undefined : textOf(subtitle),
    buttons: buttonsOf(buttons),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const buttonsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((button: { title?: unknown }) => textOf(button.title)) : [];
