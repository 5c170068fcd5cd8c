/** A scenario that comes with the product, to begin with. */
export interface Template {
  name: string;
  title: string;
  description: string;
  source: string;
}

const files = import.meta.glob<string>(['../../../../../scenarios/*.yaml', '!../../../../../scenarios/*.test.yaml'], {
  query: '?raw',
  import: 'default',
});

/** The templates, Mobile Chat first. */
export async function loadTemplates(): Promise<Template[]> {
  const sources = await Promise.all(Object.values(files).map((load) => load()));
  const templates = sources.map(toTemplate);
  return templates.toSorted(
    (a, b) => Number(b.name === 'mobile-chat') - Number(a.name === 'mobile-chat') || a.title.localeCompare(b.title),
  );
}

/** Their first comment says what they are. */
function toTemplate(source: string): Template {
  const name = /^scenario: *(\S+)/m.exec(source)?.[1] ?? '';
  const title = /^title: *(.+)$/m.exec(source)?.[1]?.trim() ?? name;
  return { name, title, description: describe(source), source };
}

function describe(source: string): string {
  const lines = /^(?:#[^\n]*\n)+/.exec(source)?.[0] ?? '';
  const words = lines.replaceAll(/^# ?/gm, '').replaceAll('\n', ' ').trim();
  const [, said = words] = /^(?:[^:.]{1,40}: )?(.*)$/.exec(words) ?? [];
  const [sentence = said] = /^.{40,}?\.(?= |$)/.exec(said) ?? [];
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
