const BLOCKS = 1500;

/** A sound scenario of about 229 kB whose checks take seconds of a processor: a chain of choices. */
export function createLargeScenario(name: string): string {
  const blocks = Array.from({ length: BLOCKS }, (_, index) => {
    const next = `block-${index + 1}`;
    const note = `${index} ${'-'.repeat(40)}`;
    return `  block-${index}:\n    note: '${note}'\n    if:\n      - { when: "$(item.message) contains '${index}'", go: ${next} }\n      - { else: ${next} }\n`;
  });
  return `attendant: 1\nscenario: ${name}\nblocks:\n${blocks.join('')}  block-${BLOCKS}:\n    exit: {}\n`;
}
