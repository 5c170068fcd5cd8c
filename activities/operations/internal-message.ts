import { servicesForSkills } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { truncateText } from '../../contracts/split-text.ts';
import { done, failed, idempotencyKey, type OperationHandler } from './operation-handler.ts';

const MAX_TEXT = 2000;

/** Leaves a text for a user, or for everybody who serves a service. Each has it once, however often this is carried out. */
export const internalMessage: OperationHandler<'internal-message'> = async (deps, request) => {
  const { operation, conversationId, pageId, psid } = request;
  const recipients = findRecipients(await deps.configuration.get(), operation.username.trim());
  if (recipients.length === 0)
    return failed(`There is no user "${operation.username}", and nobody serves such a service.`);
  const text = truncateText(operation.text, MAX_TEXT);
  for (const { id: userId } of recipients) {
    const id = `${idempotencyKey(request)}:${userId}`;
    const message = { id, userId, text, conversationId, pageId, psid, at: deps.now() };
    await deps.readModel.people.internalMessages.add(message);
  }
  return done();
};

function findRecipients(configuration: ConfigurationSnapshot, name: string): User[] {
  const user = configuration.user(name);
  if (user) return [user];
  const services = configuration.services().filter((service) => service.name === name);
  return configuration.users().filter(({ skills }) => servicesForSkills(services, skills).length > 0);
}
