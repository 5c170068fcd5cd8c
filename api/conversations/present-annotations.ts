import type { ConversationAnnotations, NamedValue } from '../../contracts/conversation-annotations.ts';
import type { AnnotationsView } from '../../contracts/conversation-view-schema.ts';

/** What a scenario noted, as the API gives it: fields are maps here. */
export function presentAnnotations(annotations: ConversationAnnotations): AnnotationsView {
  const { survey, reportingFields, attachedData, log, ...rest } = annotations;
  return {
    ...rest,
    ...(survey && { survey: { ...survey, custom: toMap(survey.custom) } }),
    ...(reportingFields && { reportingFields: toMap(reportingFields) }),
    ...(attachedData && { attachedData: toMap(attachedData) }),
    ...(log && { log: log.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), ...line })) }),
  };
}

function toMap(fields: readonly NamedValue[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}
