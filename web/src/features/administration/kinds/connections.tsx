import { IconBrain, IconLock, IconRobot, IconWebhook } from '@tabler/icons-react';
import { fieldColumn, nameColumn } from './columns.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import type { Field, ItemSection } from '../model/section.ts';

const name: Field = { name: 'name', type: 'text', isFixed: true, isRequired: true, isHalf: true };
const token: Field = { name: 'token', type: 'reference', to: 'secret', isOptional: true, isHalf: true };
const url: Field = { name: 'url', type: 'text', isMono: true, isRequired: true };
const addressColumn = fieldColumn('url', 'url', { isKept: true });

export const webhookSection: ItemSection = {
  path: 'webhooks',
  kind: 'webhook',
  icon: IconWebhook,
  columns: [nameColumn, addressColumn, fieldColumn('events'), fieldColumn('services')],
  groups: [
    {
      key: 'receiver',
      fields: [name, { name: 'secret', type: 'reference', to: 'secret', isRequired: true, isHalf: true }, url],
    },
    {
      key: 'what',
      fields: [
        { name: 'events', type: 'references', to: 'event', isOptional: true },
        { name: 'services', type: 'references', to: 'service', isOptional: true },
      ],
    },
    { key: 'deliveries', fields: [], show: WebhookDeliveries },
  ],
};

export const botSection: ItemSection = {
  path: 'bots',
  kind: 'bot',
  icon: IconRobot,
  columns: [nameColumn, addressColumn, fieldColumn('token')],
  groups: [{ key: 'bot', fields: [name, token, url] }],
};

export const modelSection: ItemSection = {
  path: 'models',
  kind: 'model',
  icon: IconBrain,
  columns: [nameColumn, fieldColumn('model', 'model', { isKept: true }), addressColumn, fieldColumn('token')],
  groups: [
    {
      key: 'model',
      fields: [name, token, { name: 'model', type: 'text', isRequired: true, isMono: true }, url],
    },
  ],
};

export const secretSection: ItemSection = {
  path: 'secrets',
  kind: 'secret',
  icon: IconLock,
  columns: [
    nameColumn,
    {
      key: 'usedBy',
      text: (item, { items }) =>
        items
          .filter(
            ({ document }) =>
              Object.values(document).includes(item.name) && !('value' in document) && document.kind !== 'secret',
          )
          .filter(({ document }) => 'token' in document || 'secret' in document)
          .map((each) => each.name)
          .join(', '),
      isKept: true,
    },
  ],
  groups: [{ key: 'secret', fields: [name, { name: 'value', type: 'secret', isRequired: true }] }],
};
